import { afterEach, beforeEach, expect, vi } from 'vitest';

/** Unexpected console.error and console.warn fail the test that caused them; a test that expects one mocks it itself. */
beforeEach(() => {
  vi.spyOn(console, 'error').mockImplementation(() => {});
  vi.spyOn(console, 'warn').mockImplementation(() => {});
});

afterEach(() => {
  for (const method of ['error', 'warn'] as const) {
    const spy = vi.mocked(console[method]);
    const calls = 'mock' in spy ? [...spy.mock.calls] : [];
    vi.restoreAllMocks();
    expect(calls, `unexpected console.${method}`).toEqual([]);
  }
});
