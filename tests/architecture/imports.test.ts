import { describe, expect, it, test } from 'vitest';
import { areas, importsOf, whyNotImport } from './import-rules.ts';
import { readText, repositoryFiles } from './tracked-files.ts';

const sources = repositoryFiles().filter((path) => /^(?:shared|server|client|seeds)\/.*\.tsx?$/u.test(path));

test('every import in the project goes in the right direction', () => {
  const wrong = sources.flatMap((from) =>
    importsOf(readText(from)).flatMap((specifier) => {
      const reason = whyNotImport(from, specifier);
      return reason === null ? [] : [`${from} imports ${specifier}: ${reason}`];
    }),
  );
  expect(wrong).toEqual([]);
});

test('the check reads the project: areas are found in all three trees', () => {
  const seen = new Set(sources.map((path) => path.split('/').slice(0, 2).join('/')));
  for (const tree of ['shared', 'server'])
    expect([...seen]).toEqual(expect.arrayContaining([`${tree}/people`, `${tree}/registration`]));
  expect(sources.flatMap((path) => importsOf(readText(path))).length).toBeGreaterThan(sources.length);
});

test('every folder of a tree is an area, core, or the look of the client', () => {
  const folders = sources
    .filter((path) => !path.startsWith('seeds/'))
    .map((path) => path.split('/'))
    .filter((parts) => parts.length > 2)
    .map(([tree, folder]) => `${tree}/${folder}`);
  const known = [
    'client/ui',
    ...['shared', 'server', 'client'].flatMap((tree) => ['core', ...areas].map((area) => `${tree}/${area}`)),
  ];
  expect([...new Set(folders)].filter((folder) => !known.includes(folder))).toEqual([]);
});

describe('an import is forbidden', () => {
  it.each([
    [
      'of a later area',
      'server/people/commands.ts',
      '../registration/queries.ts',
      /people comes before reg/u,
    ],
    ['of a later area, in shared', 'shared/programme/rules.ts', '../planning/plan.ts', /comes before/u],
    ['of a later area, in the client', 'client/people/list.tsx', '../overview/board.tsx', /comes before/u],
    [
      'of a later area, through shared',
      'server/people/queries.ts',
      '../../shared/planning/plan.ts',
      /before/u,
    ],
    ['of an area, in core', 'server/core/audit.ts', '../people/tables.ts', /core comes before people/u],
    ['of the server, in the client', 'client/core/api.ts', '../../server/core/ids.ts', /not import server/u],
    ['of the client, in the server', 'server/overview/pages.ts', '../../client/routes.tsx', /client/u],
    ['of the server, in shared', 'shared/core/time.ts', '../../server/core/clock.ts', /not import server/u],
    ['of the seeds, in an area', 'server/overview/pages.ts', '../../seeds/demo.ts', /not import seeds/u],
    ['of a package, in shared', 'shared/core/time.ts', 'temporal-polyfill', /shared imports zod/u],
    ['of Node, in shared', 'shared/core/ids.ts', 'node:crypto', /shared imports zod/u],
    ['of Node, in the client', 'client/core/api.ts', 'node:url', /runs in browsers/u],
    ['of the database, in the solver', 'server/planning/solver/solve.ts', '../tables.ts', /the solver/u],
    ['of core, in the solver', 'server/planning/solver/run.ts', '../../core/clock.ts', /the solver/u],
    ['of a package, in the solver', 'server/planning/solver/solve.ts', 'drizzle-orm', /the solver/u],
    ['of commands, in queries', 'server/people/queries.ts', './commands.ts', /queries come before commands/u],
    ['of queries, in tables', 'server/people/tables.ts', './queries.ts', /tables come before queries/u],
    ['of another area’s routes', 'server/planning/commands.ts', '../people/routes.ts', /only app/u],
  ])('%s', (_name, from, specifier, reason) => {
    expect(whyNotImport(from, specifier)).toMatch(reason);
  });
});

describe('an import is allowed', () => {
  it.each([
    ['of an earlier area', 'server/registration/picks-commands.ts', '../people/queries.ts'],
    ['of the same area', 'server/registration/picks-commands.ts', './tables.ts'],
    ['of the rules of its own area', 'client/registration/my-day.tsx', '../../shared/registration/rules.ts'],
    ['of core', 'server/conference/commands.ts', '../core/change.ts'],
    ['of an area, by the app', 'server/app.ts', './people/routes.ts'],
    ['of the demo, by the program that starts', 'server/main.ts', '../seeds/demo.ts'],
    ['of zod, in shared', 'shared/core/time.ts', 'zod'],
    ['of worker threads and highs, in the solver', 'server/planning/solver/linear-model.ts', 'highs'],
    ['of what starts threads, in the solver', 'server/planning/solver/run.ts', '../../core/thread.ts'],
    [
      'of the planning rules, in the solver',
      'server/planning/solver/solve.ts',
      '../../../shared/planning/plan.ts',
    ],
  ])('%s', (_name, from, specifier) => {
    expect(whyNotImport(from, specifier)).toBeNull();
  });
});

test('every form of import is seen', () => {
  const text = [
    `import { a } from './a.ts';`,
    `import type {\n  B,\n  C,\n} from './b.ts';`,
    `export { d } from './d.ts';`,
    `import './look.css';`,
    `const page = lazy(() => import('./page.tsx'));`,
    `new Worker(new URL('./worker.ts', import.meta.url));`,
  ].join('\n');
  expect(importsOf(text).sort()).toEqual(
    ['./a.ts', './b.ts', './d.ts', './look.css', './page.tsx', './worker.ts'].sort(),
  );
});
