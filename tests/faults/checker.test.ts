import { describe, expect, it } from 'vitest';
import type { Programme } from '../../shared/overview/contract.ts';
import type { Me } from '../../shared/registration/contract.ts';
import { type Deed, type Kept, knownAt, whatWasBroken } from '../support/faults/history.ts';

/** The checker of histories must find what it is there for: each sentence beside the innocent case. */

const programme = {
  passes: [{ id: 'p1' }, { id: 'p2' }],
  sessions: [
    { id: 'a', workshop: 'W1', pass: 'p1', seats: 1, taken: 1 },
    { id: 'b', workshop: 'W2', pass: 'p1', seats: 1, taken: 0 },
    { id: 'd', workshop: 'W3', pass: 'p1', seats: 1, taken: 0 },
    { id: 'c', workshop: 'W1', pass: 'p2', seats: 2, taken: 0 },
  ],
} as unknown as Programme;

const passOf = (session: string) => programme.sessions.find(({ id }) => id === session)!.pass;

function day(picks: string[], waits: string[] = []): Me {
  const place = (session: string) => ({ pass: passOf(session), session });
  return { picks: picks.map(place), waitlist: waits.map(place) } as unknown as Me;
}

function deed(wants: string | null, answer: Me | number | null, more: Partial<Deed> = {}): Deed {
  const answered = answer === null ? null : 2;
  return {
    who: 'Anna',
    key: 'k',
    pass: wants === null ? 'p1' : passOf(wants),
    wants,
    queues: false,
    sentAt: 1,
    answeredAt: answered,
    status: answer === null ? null : typeof answer === 'number' ? answer : 200,
    day: answer === null || typeof answer === 'number' ? null : answer,
    ...more,
  };
}

function taking(counts: Record<string, number>): Programme {
  return {
    ...programme,
    sessions: programme.sessions.map((session) => ({ ...session, taken: counts[session.id] ?? 0 })),
  };
}

function brokenIn(deeds: Deed[], after: Record<string, Me>, counts: Record<string, number>): string[] {
  const before = new Map(Object.keys(after).map((who) => [who, day([])]));
  const kept: Kept = { before, deeds, after: new Map(Object.entries(after)), programme: taking(counts) };
  return whatWasBroken(kept);
}

describe('a history', () => {
  it('in which what was answered is what is there is sound', () => {
    expect(brokenIn([deed('a', day(['a']))], { Anna: day(['a']) }, { a: 1 })).toEqual([]);
  });

  it('is broken by an acknowledged seat that is gone', () => {
    expect(brokenIn([deed('a', day(['a']))], { Anna: day([]) }, {})).toEqual([
      'Anna has null in p1, and was answered a',
    ]);
  });

  it('is broken by a seat that comes back after its release was answered', () => {
    const deeds = [deed('a', day(['a'])), deed(null, day([]))];
    expect(brokenIn(deeds, { Anna: day(['a']) }, { a: 1 })).toHaveLength(1);
  });

  it('is broken by a seat of somebody who was refused it, not by one whose answer never came', () => {
    expect(brokenIn([deed('a', 409)], { Anna: day(['a']) }, { a: 1 })).toHaveLength(1);
    expect(brokenIn([deed('a', null)], { Anna: day(['a']) }, { a: 1 })).toEqual([]);
    expect(brokenIn([deed('a', null)], { Anna: day([]) }, {})).toEqual([]);
  });

  it('is broken by a seat nobody waited for, not by one a queue gave', () => {
    expect(brokenIn([deed('b', day([], ['b']), { queues: true })], { Anna: day(['b']) }, { b: 1 })).toEqual(
      [],
    );
    expect(brokenIn([deed('b', 409)], { Anna: day(['b']) }, { b: 1 })).toHaveLength(1);
  });

  it('is broken by an answer that gives something else', () => {
    expect(brokenIn([deed('a', day(['b']))], { Anna: day(['b']) }, { b: 1 })).toEqual([
      'Anna was answered another seat than a',
    ]);
  });

  it('is broken by an answer that leaves what was held, not by one that gives what was waited for', () => {
    const waiting = deed('b', day(['a'], ['b']), { queues: true });
    const held = deed('a', day(['a']));
    // Who left `a` for `d` moved the one in `b` to `a`, and so got `b` in the same answer.
    expect(brokenIn([held, waiting, deed('d', day(['b']))], { Anna: day(['b']) }, { b: 1 })).toEqual([]);
    expect(brokenIn([held, waiting, deed(null, day(['b']))], { Anna: day(['b']) }, { b: 1 })).toEqual([]);
    const unanswered = { ...waiting, day: null, status: null, answeredAt: null };
    expect(brokenIn([held, unanswered, deed('d', day(['b']))], { Anna: day(['b']) }, { b: 1 })).toEqual([]);
    for (const deeds of [
      [held, deed('d', day(['b']))],
      [held, { ...waiting, day: null, status: 409 }, deed('d', day(['b']))],
      [held, waiting, deed('a', day(['a'])), deed('d', day(['b']))],
    ])
      expect(brokenIn(deeds, { Anna: day(['b']) }, { b: 1 })).toEqual([
        'Anna was answered another seat than d',
      ]);
    expect(brokenIn([held, deed('d', day(['a']))], { Anna: day(['a']) }, { a: 1 })).toHaveLength(1);
    expect(brokenIn([held, deed(null, day(['a']))], { Anna: day(['a']) }, { a: 1 })).toHaveLength(1);
  });

  it('is broken by a seat that was lost while queueing for another', () => {
    const deeds = [deed('a', day(['a'])), deed('b', day([], ['b']), { queues: true })];
    expect(brokenIn(deeds, { Anna: day([], ['b']) }, {})).toEqual(['Anna was answered another seat than b']);
  });

  it('is broken by a seat sold twice, a workshop twice and a count that is wrong', () => {
    const both = [deed('a', day(['a'])), deed('a', day(['a']), { who: 'Bo' })];
    expect(brokenIn(both, { Anna: day(['a']), Bo: day(['a']) }, { a: 2 })).toEqual([
      'a has 2 people on 1 seats',
    ]);
    const twice = [deed('a', day(['a'])), deed('c', day(['a', 'c']))];
    expect(brokenIn(twice, { Anna: day(['a', 'c']) }, { a: 1, c: 1 })).toEqual(['Anna has a workshop twice']);
    expect(brokenIn([deed('a', day(['a']))], { Anna: day(['a']) }, {})).toEqual([
      'a counts 0 taken and has 1 people',
    ]);
  });

  it('known at a moment leaves open what was answered later', () => {
    const deeds = [deed('a', day(['a'])), deed('b', day(['b']), { answeredAt: 9 })];
    expect(brokenIn(knownAt(deeds, 5), { Anna: day(['a']) }, { a: 1 })).toEqual([]);
    expect(brokenIn(knownAt(deeds, 5), { Anna: day(['b']) }, { b: 1 })).toEqual([]);
    expect(brokenIn(knownAt(deeds, 5), { Anna: day([]) }, {})).toHaveLength(1);
  });
});
