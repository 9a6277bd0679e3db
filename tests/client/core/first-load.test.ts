import { readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { expect, test } from 'vitest';

const root = join(import.meta.dirname, '../../..');

/** What a file imports for itself at once: no types, no `import()`. Contracts reach the browser as method and path only. */
function importsOf(file: string): string[] {
  if (file.endsWith('contract.ts') || file.endsWith('.css')) return [];
  const text = readFileSync(file, 'utf8');
  const statements = text.matchAll(/^import (?!type )(?:([^;]*?) from )?'([^']+)'/gmu);
  return [...statements]
    .filter(([, names]) => !names || !/^\{\s*(?:type \w+,?\s*)+\}$/u.test(names))
    .map(([, , specifier]) => specifier!);
}

function firstLoadOf(entry: string): { files: string[]; packages: Set<string> } {
  const seen = new Set<string>();
  const packages = new Set<string>();
  const visit = (file: string): void => {
    if (seen.has(file)) return;
    seen.add(file);
    for (const specifier of importsOf(file)) {
      if (specifier.startsWith('.')) visit(join(dirname(file), specifier));
      else packages.add(specifier);
    }
  };
  visit(entry);
  return { files: [...seen].map((file) => relative(root, file)), packages };
}

const { files, packages } = firstLoadOf(join(root, 'client/main.tsx'));

test('an attendee’s first load holds these packages and no others: neither schemas nor the organiser’s components', () => {
  expect([...packages].sort()).toEqual([
    '@tanstack/react-query',
    'react',
    'react-dom/client',
    'react-router',
  ]);
});

test('an attendee’s first load holds my day and the rules, and nothing of the organiser’s', () => {
  expect(files).toContain('client/registration/pass-section.tsx');
  expect(files).toContain('shared/registration/rules.ts');
  const organisers = /^client\/(?:conference|programme|planning|onsite|overview\/board)/u;
  expect(files.filter((file) => organisers.test(file))).toEqual([]);
});
