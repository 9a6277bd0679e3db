import { buildApp } from '../../../server/app.ts';
import { readConfig } from '../../../server/core/config.ts';
import { openStore } from '../../../server/store.ts';

/** Sends what waits in a data folder, and says so when it has come to the end: for a test that kills it on the way. */
const config = readConfig(process.env);
const store = openStore({ dataDir: config.dataDir });
const app = buildApp({ store, config });
await app.ready();
process.stdout.write('sending\n');
await app.postOffice.round();
process.stdout.write('done\n');
await app.close();
await store.close();
