import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { instanceSchema, readInstance } from '../../../shared/planning/instance.ts';
import { objectives, refinements } from '../../../shared/planning/plan.ts';
import { instanceFile } from '../../../server/planning/instance-file.ts';
import { solve } from '../../../server/planning/solver/solve.ts';

const page = readFileSync('docs/plan-file.md', 'utf8');
const example = (name: string): unknown =>
  JSON.parse(new RegExp(`\`\`\`json ${name}\n([^\`]*)\`\`\``, 'u').exec(page)![1]!);

test('the example on the page is read whole, and its plan is the answer on the page', async () => {
  const ignored: string[] = [];
  const instance = readInstance(example('instance'), (where) => ignored.push(where));
  const outcome = await solve(instance, { iterations: 1000 });
  expect(outcome).toEqual({ kind: 'plan', plan: example('answer') });
  expect(ignored).toEqual([]);
});

test('an instance that is written as a file is read the same, pins and all', () => {
  const instance = readInstance(example('instance'));
  expect(instance.pins).toHaveLength(1);
  expect(readInstance(JSON.parse(JSON.stringify(instanceFile(instance))))).toEqual(instance);
});

test('the page names every key of a file, every objective, refinement and figure', () => {
  const keys: string[] = [];
  JSON.parse(
    JSON.stringify(z.toJSONSchema(instanceSchema, { io: 'input', unrepresentable: 'any' })),
    (key, value: unknown) => {
      if (key === 'properties') keys.push(...Object.keys(value as object));
      return value;
    },
  );
  const { figures } = example('answer') as { figures: object };
  const words = [...keys, ...objectives, ...refinements, ...Object.keys(figures)];
  const text = page.replaceAll(/```json (?:.|\n)*?```/gu, '');
  expect(keys.length).toBeGreaterThan(30);
  expect(words.filter((word) => !text.includes(`\`${word}\``) && !text.includes(`"${word}"`))).toEqual([]);
});
