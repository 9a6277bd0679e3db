// node --import ./tests/screenshots/steady.mjs … : a process in which time begins at STEADY_FROM and goes a millisecond each time it
// is looked at, and in which chance is the same at every run. The pictures of the product are to differ only where the product does.
import crypto from 'node:crypto';
import { syncBuiltinESMExports } from 'node:module';

let time = Date.parse(process.env.STEADY_FROM);
const SystemDate = Date;
globalThis.Date = class extends SystemDate {
  constructor(...args) {
    super(...(args.length === 0 ? [time++] : args));
  }
  static now() {
    return time++;
  }
};

let drawn = 0;
const draw = (length) => {
  const blocks = [];
  for (let have = 0; have < length; have += 32)
    blocks.push(crypto.createHash('sha256').update(`${process.env.STEADY_FROM} ${drawn++}`).digest());
  return Buffer.concat(blocks).subarray(0, length);
};
crypto.randomBytes = draw;
crypto.randomFillSync = (view) => {
  new Uint8Array(view.buffer, view.byteOffset, view.byteLength).set(draw(view.byteLength));
  return view;
};
syncBuiltinESMExports();
