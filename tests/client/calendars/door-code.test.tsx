import { decodeQR } from 'qr/decode.js';
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test } from 'vitest';
import DoorCode from '../../../client/calendars/door-code.tsx';

const address = 'https://verkstad.example/organise/utsikt-ar-insikt/attendees?find=3wsda85jq9s6v4';

test('the code as it is drawn reads as the address for the door', () => {
  const html = renderToStaticMarkup(<DoorCode address={address} name="Karin Ek" />);
  const size = Number(/viewBox="0 0 (\d+)/u.exec(html)?.[1]);
  expect(decodeQR(pixelsOf(html, size))).toBe(address);
  expect(html).toContain('Karin Ek');
});

/** The drawing as a camera would see it, four pixels a module. */
function pixelsOf(html: string, size: number) {
  const scale = 4;
  const width = size * scale;
  const data = new Uint8Array(width * width * 4).fill(255);
  for (const [, x, y] of html.matchAll(/M(\d+) (\d+)h1/gu))
    for (let dy = 0; dy < scale; dy++)
      for (let dx = 0; dx < scale; dx++) {
        const at = ((Number(y) * scale + dy) * width + Number(x) * scale + dx) * 4;
        data.fill(0, at, at + 3);
      }
  return { width, height: width, data };
}
