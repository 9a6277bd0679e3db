import { afterEach, beforeEach, expect, vi } from 'vitest';

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
