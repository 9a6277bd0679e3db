import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readText, repositoryFiles, root } from './tracked-files.ts';

const documents = repositoryFiles().filter((path) => path.endsWith('.md'));
const { scripts } = JSON.parse(readText('package.json')) as { scripts: Record<string, string> };

describe.each(documents)('%s', (document) => {
  const text = readText(document);

  test('names only files and folders that are there', () => {
    const trees = /`((?:shared|server|client|seeds|migrations|tests|docs|\.ci)\/[^`\s<*…]*)`/gu;
    const links = /(?:\]\(|(?:href|src)=")((?!https?:|#)[^)"#\s]+)/gu;
    const named = [
      ...Array.from(text.matchAll(trees), (match) => match[1]!),
      ...Array.from(text.matchAll(links), (match) => join(dirname(document), match[1]!)),
    ];
    expect(named.filter((path) => !existsSync(join(root, path)))).toEqual([]);
  });

  test('names only scripts that npm knows', () => {
    const named = [...text.matchAll(/npm run (?:--silent )?([a-z]+)/gu)].map((match) => match[1]!);
    expect(named.filter((script) => !(script in scripts))).toEqual([]);
  });
});

test('the README lists exactly the settings that the server reads', () => {
  const reads = [
    ...(readText('server/core/config.ts') + readText('server/core/mail-server.ts')).matchAll(
      /'([A-Z][A-Z_]+)'/gu,
    ),
  ].map((match) => match[1]!);
  const settings = [...new Set(reads)].filter((name) => name !== 'NODE_ENV').sort();
  const listed = [...readText('README.md').matchAll(/^\| `([A-Z_]+)`/gmu)].map((match) => match[1]!).sort();
  expect(settings.length).toBeGreaterThan(3);
  expect(listed).toEqual(settings);
});

test('every decision has a number of its own, in order, and a date', () => {
  const headings = readText('DECISIONS.md').match(/^## .*$/gmu) ?? [];
  const numbers = headings.map((heading) => /^## (\d+)\. .+ \(\d{4}-\d\d-\d\d\)$/u.exec(heading)?.[1]);
  expect(numbers.length).toBeGreaterThan(5);
  expect(numbers).toEqual(headings.map((_, index) => String(index + 1)));
});
