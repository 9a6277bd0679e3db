import { expect, test } from 'vitest';
import { changedParts } from '../../../client/core/changed-parts.ts';

const opened = { name: 'Vättern', capacity: 60, features: ['projector'], mail: null as string | null };

test('only what was changed is sent, lists as wholes', () => {
  const now = { ...opened, features: ['projector', 'hearing-loop'] };
  expect(changedParts(opened, now)).toEqual({ features: ['projector', 'hearing-loop'] });
});

test('what was emptied is a change, and what was typed back is none', () => {
  expect(changedParts({ ...opened, mail: 'a@example.org' }, opened)).toEqual({ mail: null });
  expect(changedParts(opened, { ...opened, features: ['projector'] })).toEqual({});
});
