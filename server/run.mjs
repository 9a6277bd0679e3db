// node server/run.mjs <module of dist/> … : runs a command of the product, built first where it is missing or made from other sources.
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from './build.mjs';

const [node, , name, ...args] = process.argv;
const path = join(import.meta.dirname, '..', 'dist', name);
process.env.NODE_ENV ??= 'production';
if (!build(['server'])) process.exit(1);
process.argv = [node, path, ...args];
await import(pathToFileURL(path).href);
