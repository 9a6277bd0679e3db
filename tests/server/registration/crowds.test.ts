import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { changeStage, editSettings } from '../../../server/conference/commands.ts';
import type { Store } from '../../../server/core/database.ts';
import type { App } from '../../../server/core/http/app-type.ts';
import { expectCrowds } from '../../../server/registration/crowds.ts';
import { toIso } from '../../../shared/core/time.ts';
import { type TestClock, testClock } from '../../support/clock.ts';
import { testStore } from '../../support/database.ts';
import { type SmallConference, smallConference } from '../../support/registration/small-conference.ts';

const system = { kind: 'system' } as const;
const look = 20_000;
let clock: TestClock;
let store: Store;
let small: SmallConference;
let expected: () => number;

beforeEach(async () => {
  clock = testClock();
  store = testStore({ clock });
  small = await smallConference(store, {
    sessions: [['W1', 'Pass 1', 2]],
    attendees: ['Anna'],
    stage: 'wishes',
  });
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  const expectRush = vi.spyOn(store, 'expectRush');
  expected = () => expectRush.mock.calls.length;
  expectCrowds({ store, clock, addHook() {} } as unknown as App);
});
afterEach(() => vi.useRealTimers());

const opensIn = (milliseconds: number) =>
  store.write(system, (change) => {
    const picks = { opensAt: toIso(clock.now() + milliseconds), closesAt: null };
    editSettings(change, small.id, { windows: { picks } });
  });
const enterPicks = () => store.write(system, (change) => changeStage(change, small.id, 'picks'));

describe('the server makes ready for a crowd', () => {
  it('a minute before choosing opens, and not earlier', async () => {
    await opensIn(60_001);
    await enterPicks();
    vi.advanceTimersByTime(look);
    expect(expected()).toBe(0);
    clock.advance(look);
    vi.advanceTimersByTime(look);
    expect(expected()).toBe(1);
  });

  it('at once when the organiser opens it by hand', async () => {
    await enterPicks();
    expect(expected()).toBe(1);
  });

  it('not for a window that means nothing at the stage, nor for one that has been open for long', async () => {
    await opensIn(30_000);
    vi.advanceTimersByTime(look);
    expect(expected()).toBe(0);
    clock.advance(60_000);
    vi.advanceTimersByTime(look);
    expect(expected()).toBe(0);
  });
});
