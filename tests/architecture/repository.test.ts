import { expect, test } from 'vitest';
import { readText, repositoryFiles } from './tracked-files.ts';

const files = repositoryFiles();
const code = files.filter((path) => /\.(?:ts|tsx|mjs|css)$/u.test(path));
const texts = files.filter(
  (path) => !/\.(?:png|ico|woff2|sqlite|ics|csv)$/u.test(path) && path !== 'package-lock.json',
);
// This file names what it looks for.
const others = texts.filter((path) => path !== 'tests/architecture/repository.test.ts');

test('the lock file names no address that packages were fetched from', () => {
  const lock = readText('package-lock.json');
  expect(lock).not.toMatch(/"resolved"/u);
  expect(lock).not.toMatch(/registry\./u);
  expect(lock).toMatch(/"integrity"/u);
});

test('no file names a folder of somebody’s machine', () => {
  const folders = /(?:^|[^\w.:/-])\/(?:work|root|home\/\w+|Users\/\w+|farm)\//u;
  expect(linesWith(others, folders)).toEqual([]);
});

test('nothing is left for later in the code', () => {
  const marks = /\b(?:TODO|FIXME|XXX|HACK|not implemented)\b/u;
  const left = linesWith(
    others.filter((path) => code.includes(path)),
    marks,
  );
  expect(left).toEqual([]);
});

test('no test is skipped, focused or promised', () => {
  const tests = others.filter((path) => path.startsWith('tests/') && code.includes(path));
  expect(linesWith(tests, /\b(?:it|test|describe)\.(?:skip|only|todo)\b/u)).toEqual([]);
});

test('names are in kebab-case, and no folder or file is a drawer for anything', () => {
  const names = code.flatMap((path) => path.split('/'));
  const odd = names.filter((name) => !/^[a-z0-9]+(?:-[a-z0-9]+)*(?:\.[a-z-]+)*$/u.test(name));
  const drawers = names.filter((name) => /^(?:utils?|helpers?|commons?|misc)(?:\.|$)/u.test(name));
  expect([...odd, ...drawers]).toEqual([]);
});

test('a file has one subject and under five hundred lines', () => {
  const long = code
    .map((path) => ({ path, lines: readText(path).split('\n').length }))
    .filter(({ lines }) => lines > 500);
  expect(long).toEqual([]);
});

function linesWith(paths: readonly string[], pattern: RegExp): string[] {
  return paths.flatMap((path) =>
    readText(path)
      .split('\n')
      .flatMap((line, index) => (pattern.test(line) ? [`${path}:${index + 1}: ${line.trim()}`] : [])),
  );
}
