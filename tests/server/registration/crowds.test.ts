import { afterEach, beforeEach, describe, expect, it, type MockInstance, vi } from 'vitest';
import { changeStage, editSettings } from '../../../server/conference/commands.ts';
import type { Store } from '../../../server/core/database.ts';
import type { App } from '../../../server/core/http/app-type.ts';
import { expectCrowds } from '../../../server/registration/crowds.ts';
import { rehearse } from '../../../server/registration/rehearsal.ts';
import { toIso } from '../../../shared/core/time.ts';
import { type TestClock, testClock } from '../../support/clock.ts';
import { testStore } from '../../support/database.ts';
import { type SmallConference, smallConference } from '../../support/registration/small-conference.ts';

vi.mock(import('../../../server/registration/rehearsal.ts'));

const system = { kind: 'system' } as const;
const look = 20_000;
let clock: TestClock;
let store: Store;
let small: SmallConference;
let expected: () => number;
let starts: MockInstance<Store['expectRush']>;
let readiness: App['readiness'];
let warned: ReturnType<typeof vi.fn>;

beforeEach(async () => {
  clock = testClock();
  store = testStore({ clock });
  small = await smallConference(store, {
    sessions: [['W1', 'Pass 1', 2]],
    attendees: ['Anna'],
    stage: 'wishes',
  });
  // Its windows opened a second before it was made.
  clock.advance(120_000);
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  starts = vi.spyOn(store, 'expectRush');
  expected = () => starts.mock.calls.length;
  warned = vi.fn();
  readiness = { state: 'ready' };
  expectCrowds({ store, clock, readiness, addHook() {}, log: { warn: warned, info() {} } } as unknown as App);
});
afterEach(() => vi.useRealTimers());

const opensIn = (milliseconds: number) =>
  store.write(system, (change) => {
    const picks = { opensAt: toIso(clock.now() + milliseconds), closesAt: null };
    editSettings(change, small.id, { windows: { picks } });
  });
const enterPicks = () => store.write(system, (change) => changeStage(change, small.id, 'picks'));

describe('an opening is rehearsed', () => {
  const rehearsed = vi.mocked(rehearse);
  const settled = () => new Promise(setImmediate);
  beforeEach(() => void rehearsed.mockReset());

  it('once the second writer starts, again at the next look while it is not practised well, and then no more', async () => {
    starts.mockReturnValueOnce(true);
    rehearsed
      .mockResolvedValueOnce(100)
      .mockRejectedValueOnce(new Error('no socket'))
      .mockResolvedValueOnce(4400);
    await opensIn(50_000);
    await enterPicks();
    const at = clock.now() + 50_000;
    for (let i = 0; i < 4; i++) {
      // oxlint-disable-next-line no-await-in-loop -- one look after another
      await settled();
      vi.advanceTimersByTime(look);
    }
    const [first] = rehearsed.mock.calls;
    expect(first![1].id).toBe(small.id);
    expect(rehearsed.mock.calls.map(([, , what]) => what)).toEqual([
      { at, picks: 4500 },
      { at, picks: 4400 },
      { at, picks: 4400 },
    ]);
    expect(warned).toHaveBeenCalledOnce();
    starts.mockReturnValueOnce(true);
    rehearsed.mockResolvedValueOnce(4500);
    vi.advanceTimersByTime(look);
    expect(rehearsed.mock.calls.at(-1)![2]).toEqual({ at, picks: 4500 });
  });

  it('one at a time', async () => {
    starts.mockReturnValueOnce(true);
    let done: (picks: number) => void = () => {};
    rehearsed.mockReturnValueOnce(new Promise((resolve) => (done = resolve)));
    await opensIn(50_000);
    await enterPicks();
    vi.advanceTimersByTime(look);
    expect(rehearsed).toHaveBeenCalledOnce();
    done(4500);
    await settled();
    vi.advanceTimersByTime(look);
    expect(rehearsed).toHaveBeenCalledOnce();
  });

  it('not where there is no second writer', async () => {
    await opensIn(50_000);
    await enterPicks();
    expect(rehearsed).not.toHaveBeenCalled();
  });
});

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

  it('a second after its own start', async () => {
    await opensIn(50_000);
    await enterPicks();
    const before = expected();
    vi.advanceTimersByTime(1000);
    expect(expected()).toBe(before + 1);
    vi.advanceTimersByTime(1000);
    expect(expected()).toBe(before + 1);
  });

  it('at once when the organiser opens it by hand', async () => {
    await enterPicks();
    expect(expected()).toBe(1);
  });

  it('at once when the organiser sets the opening to now, and not when something else is set', async () => {
    await opensIn(3_600_000);
    await enterPicks();
    expect(expected()).toBe(0);
    await store.write(system, (change) => editSettings(change, small.id, { tagline: 'Nu' }));
    expect(expected()).toBe(0);
    await opensIn(0);
    expect(expected()).toBe(1);
  });

  it('not while it makes the demo', async () => {
    readiness.state = 'starting';
    await enterPicks();
    expect(expected()).toBe(0);
  });

  it('not when the day itself begins', async () => {
    await enterPicks();
    clock.advance(3_600_000);
    await store.write(system, (change) => changeStage(change, small.id, 'onsite'));
    expect(expected()).toBe(1);
  });

  it('again and again where it could not look: that is noted, and the server goes on', async () => {
    await opensIn(30_000);
    await enterPicks();
    const before = expected();
    vi.spyOn(store, 'read').mockImplementationOnce(() => {
      throw new Error('cannot read');
    });
    vi.advanceTimersByTime(1000);
    expect([expected() - before, warned.mock.calls.length]).toEqual([0, 1]);
    vi.advanceTimersByTime(look);
    expect(expected() - before).toBe(1);
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
