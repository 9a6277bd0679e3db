import { afterEach, beforeEach, expect, vi } from 'vitest';
import { idFrom, idLength } from '../../shared/core/ids.ts';
import { seededRandom } from '../../shared/core/random.ts';

/** Rows often come in the order of their ids. The same ids in every run: what fails fails again. IDS_SEED gives others. */
vi.mock(import('../../server/core/ids.ts'), () => {
  const random = seededRandom(Number(process.env['IDS_SEED'] ?? 1));
  const newId = () => idFrom(Uint8Array.from({ length: idLength }, () => random.integer(256)));
  return { newId };
});

/** An unexpected console.error or console.warn fails the test that caused it; a test that expects one mocks it itself. */
beforeEach(() => {
  vi.spyOn(console, 'error').mockImplementation(() => {});
  vi.spyOn(console, 'warn').mockImplementation(() => {});
});

afterEach(() => {
  const calls = (['error', 'warn'] as const).flatMap((method) => {
    const spy = console[method];
    return vi.isMockFunction(spy) ? spy.mock.calls : [];
  });
  vi.restoreAllMocks();
  expect(calls, 'unexpected console output').toEqual([]);
});
