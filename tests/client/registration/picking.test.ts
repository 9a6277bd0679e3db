import { describe, expect, test } from 'vitest';
import { ConnectionLost } from '../../../client/core/api.ts';
import type { Held } from '../../../client/registration/day.ts';
import { heldIn } from '../../../client/registration/day.ts';
import {
  createPicking,
  isSaving,
  isUnsaved,
  type PickingPorts,
  shown,
  undoTime,
} from '../../../client/registration/picking.ts';
import { changedElsewhere, full } from '../../../shared/registration/refusals.ts';
import { aProblem } from '../../support/client/a-problem.ts';

const empty: Held = { picks: [], waitlist: [] };
const holding = (pass: string, session: string): Held => ({
  picks: [{ pass, session, source: 'attendee' }],
  waitlist: [],
});

/** A server in memory that answers when told to, and a clock that is moved by hand. */
function aWorld(first: Held = empty) {
  let truth = first;
  let known = first;
  const calls: string[] = [];
  const waiting: (() => void)[] = [];
  const timers = new Map<() => void, number>();
  let nextError: unknown = null;
  let keptAlthough = false;
  let slow = false;

  const answer = async (call: string, change: (held: Held) => Held): Promise<Held> => {
    calls.push(call);
    if (slow) await new Promise<void>((resolve) => waiting.push(resolve));
    const error = nextError;
    nextError = null;
    if (error === null || keptAlthough) truth = change(truth);
    keptAlthough = false;
    if (error !== null) throw error as Error;
    return truth;
  };
  const ports: PickingPorts = {
    take: (pass, session, from, waitlist) =>
      answer(`take ${session} from ${from}${waitlist ? ' or queue' : ''}`, (held) =>
        waitlist
          ? { ...held, waitlist: [...held.waitlist, { pass, session, position: 1, passedOver: null }] }
          : {
              ...held,
              picks: [...held.picks.filter((p) => p.pass !== pass), { pass, session, source: 'attendee' }],
            },
      ),
    release: (pass, leavingPage) =>
      answer(`release ${pass}${leavingPage ? ' leaving' : ''}`, (held) => ({
        ...held,
        picks: held.picks.filter((p) => p.pass !== pass),
      })),
    leaveQueue: (session) =>
      answer(`leave queue ${session}`, (held) => ({
        ...held,
        waitlist: held.waitlist.filter((place) => place.session !== session),
      })),
    refresh: () => answer('refresh', (held) => held),
    held: () => known,
    learn: (held) => {
      known = held;
    },
    now: () => 1000,
    later: (milliseconds, run) => {
      timers.set(run, milliseconds);
      return () => timers.delete(run);
    },
  };
  const picking = createPicking(ports);
  return {
    picking,
    calls,
    timers,
    shown: () => shown(known, picking.state()),
    state: () => picking.state(),
    settle: async () => {
      for (let i = 0; i < 20; i++) await Promise.resolve();
    },
    failNext: (error: unknown, kept = false) => {
      nextError = error;
      keptAlthough = kept;
    },
    holdAnswers: () => {
      slow = true;
    },
    answerOne: () => waiting.shift()?.(),
    runTimers: () => {
      for (const [run] of timers) {
        timers.delete(run);
        run();
      }
    },
  };
}

describe('choosing', () => {
  test('a choice is shown at once and counts as saved only when the server has answered', async () => {
    const world = aWorld();
    world.holdAnswers();
    world.picking.take('p1', 'w9');
    await world.settle();
    expect(heldIn(world.shown(), 'p1')).toBe('w9');
    expect(isSaving(world.state())).toBe(true);
    expect(world.state().savedAt).toBeNull();
    world.answerOne();
    await world.settle();
    expect(heldIn(world.shown(), 'p1')).toBe('w9');
    expect(isSaving(world.state())).toBe(false);
    expect(world.state().savedAt).toBe(1000);
  });

  test('choices in several passes are sent one at a time, in order', async () => {
    const world = aWorld();
    world.holdAnswers();
    world.picking.take('p1', 'w9');
    world.picking.take('p2', 'w3');
    await world.settle();
    expect(world.calls).toEqual(['take w9 from null']);
    world.answerOne();
    await world.settle();
    expect(world.calls).toEqual(['take w9 from null', 'take w3 from null']);
  });

  test('changing one’s mind before the first choice is sent sends only the last', async () => {
    const world = aWorld();
    world.picking.take('p1', 'w9');
    world.picking.take('p1', 'w1');
    await world.settle();
    expect(world.calls).toEqual(['take w1 from null']);
  });

  test('choosing what one already holds sends nothing', async () => {
    const world = aWorld(holding('p1', 'w9'));
    world.picking.take('p1', 'w9');
    await world.settle();
    expect(world.calls).toEqual([]);
  });
});

describe('swapping', () => {
  test('a swap says what it was from, and swaps back', async () => {
    const world = aWorld(holding('p1', 'w9'));
    world.picking.take('p1', 'w1');
    await world.settle();
    expect(world.state().notes['p1']).toEqual({ kind: 'swapped', from: 'w9', to: 'w1' });
    world.picking.take('p1', 'w9', true);
    await world.settle();
    expect(world.calls).toEqual(['take w1 from w9', 'take w9 from w1']);
    expect(heldIn(world.shown(), 'p1')).toBe('w9');
    expect(world.state().notes['p1']).toBeUndefined();
  });

  test('a swap back to a seat that is gone keeps the new one and says so', async () => {
    const world = aWorld(holding('p1', 'w1'));
    world.failNext(aProblem(full({ workshop: 'W9', waiting: 2 })));
    world.picking.take('p1', 'w9', true);
    await world.settle();
    expect(heldIn(world.shown(), 'p1')).toBe('w1');
    expect(world.state().notes['p1']).toEqual({ kind: 'lost', session: 'w9', back: true, waiting: 2 });
  });
});

describe('a seat lost in the same second', () => {
  test('what was held is kept, and the truth is read anew', async () => {
    const world = aWorld(holding('p1', 'w1'));
    world.failNext(aProblem(full({ workshop: 'W9', waiting: 4 })));
    world.picking.take('p1', 'w9');
    await world.settle();
    expect(heldIn(world.shown(), 'p1')).toBe('w1');
    expect(world.state().notes['p1']).toEqual({ kind: 'lost', session: 'w9', back: false, waiting: 4 });
    expect(world.calls).toEqual(['take w9 from w1', 'refresh']);
    expect(world.state().savedAt).toBeNull();
  });

  test('another refusal is shown in its own words', async () => {
    const world = aWorld();
    world.failNext(aProblem(changedElsewhere()));
    world.picking.take('p1', 'w9');
    await world.settle();
    const note = world.state().notes['p1'];
    expect(note?.kind === 'refused' && note.problem.code).toBe('changed-elsewhere');
  });
});

describe('releasing', () => {
  test('a release waits six seconds before it is sent', async () => {
    const world = aWorld(holding('p1', 'w9'));
    world.picking.leave('p1');
    await world.settle();
    expect([...world.timers.values()]).toEqual([undoTime]);
    expect(undoTime).toBe(6000);
    expect(world.calls).toEqual([]);
    expect(heldIn(world.shown(), 'p1')).toBe('w9');
    world.runTimers();
    await world.settle();
    expect(world.calls).toEqual(['release p1']);
    expect(heldIn(world.shown(), 'p1')).toBeNull();
  });

  test('Ångra within the six seconds sends nothing', async () => {
    const world = aWorld(holding('p1', 'w9'));
    world.picking.leave('p1');
    world.picking.stay('p1');
    expect(world.timers.size).toBe(0);
    world.runTimers();
    await world.settle();
    expect(world.calls).toEqual([]);
    expect(world.state().intents).toEqual({});
  });

  test('Ångra after it is sent does not pretend', async () => {
    const world = aWorld(holding('p1', 'w9'));
    world.holdAnswers();
    world.picking.leave('p1');
    world.runTimers();
    world.picking.stay('p1');
    expect(heldIn(world.shown(), 'p1')).toBeNull();
  });

  test('leaving the page sends it at once, and only once', async () => {
    const world = aWorld(holding('p1', 'w9'));
    world.picking.leave('p1');
    world.picking.flush();
    world.picking.flush();
    await world.settle();
    expect(world.calls).toEqual(['release p1 leaving']);
    expect(world.timers.size).toBe(0);
  });

  test('choosing something else instead swaps, and the release is never sent', async () => {
    const world = aWorld(holding('p1', 'w9'));
    world.picking.leave('p1');
    world.picking.take('p1', 'w1');
    world.runTimers();
    await world.settle();
    expect(world.calls).toEqual(['take w1 from w9']);
  });
});

describe('queues', () => {
  test('waiting keeps what is held', async () => {
    const world = aWorld(holding('p1', 'w1'));
    world.picking.queue('p1', 'w7');
    await world.settle();
    expect(world.calls).toEqual(['take w7 from w1 or queue']);
    expect(heldIn(world.shown(), 'p1')).toBe('w1');
    expect(world.shown().waitlist).toEqual([{ pass: 'p1', session: 'w7', position: 1, passedOver: null }]);
  });

  test('leaving a queue is shown at once', async () => {
    const world = aWorld({
      picks: [],
      waitlist: [{ pass: 'p1', session: 'w7', position: 3, passedOver: null }],
    });
    world.holdAnswers();
    world.picking.leaveQueue('p1', 'w7');
    expect(world.shown().waitlist).toEqual([]);
  });
});

describe('when no answer comes', () => {
  test('the choice is not pretended, and can be tried again', async () => {
    const world = aWorld();
    world.failNext(new ConnectionLost(null));
    world.picking.take('p1', 'w9');
    await world.settle();
    expect(heldIn(world.shown(), 'p1')).toBeNull();
    expect(isUnsaved(world.state())).toBe(true);
    world.picking.retry('p1');
    await world.settle();
    expect(world.calls).toEqual(['take w9 from null', 'refresh', 'take w9 from null']);
    expect(heldIn(world.shown(), 'p1')).toBe('w9');
    expect(isUnsaved(world.state())).toBe(false);
  });

  test('a choice that was kept although its answer was lost is not sent again', async () => {
    const world = aWorld();
    world.failNext(new ConnectionLost(null), true);
    world.picking.take('p1', 'w9');
    await world.settle();
    world.picking.retry('p1');
    await world.settle();
    expect(world.calls).toEqual(['take w9 from null', 'refresh']);
    expect(heldIn(world.shown(), 'p1')).toBe('w9');
    expect(world.state().savedAt).toBe(1000);
  });
});
