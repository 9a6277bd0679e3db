// npm start : builds what is missing or made from other sources, then serves in this same process, which signals reach.
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from './build.mjs';

process.env.NODE_ENV ??= 'production';
if (!build()) process.exit(1);
await import(pathToFileURL(join(import.meta.dirname, '..', 'dist', 'server', 'main.js')).href);
