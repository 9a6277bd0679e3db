import { describe, expect, it } from 'vitest';
import type { Actor } from '../../../shared/core/access.ts';
import { Refused } from '../../../shared/core/refusal.ts';
import { notFound } from '../../../shared/core/refusals.ts';
import { statement } from '../../../server/core/statement.ts';
import { audit, outbox } from '../../../server/core/tables.ts';
import { testClock } from '../../support/clock.ts';
import { testStore } from '../../support/database.ts';

const now = '2026-12-01T09:00:00.000Z';
const ada: Actor = { kind: 'attendee', conferenceId: 'c1', attendeeId: 'ada' };
const nils: Actor = { kind: 'organiser', hostId: 'h1', organiserId: 'nils' };

describe('the audit of a command', () => {
  const entry = { action: 'noted', subject: { kind: 'note', id: 'n1' } };

  it.each<[string, Actor, object]>([
    ['an attendee', ada, { actorKind: 'attendee', actorId: 'ada', conferenceId: 'c1', hostId: null }],
    ['an organiser', nils, { actorKind: 'organiser', actorId: 'nils', conferenceId: null, hostId: 'h1' }],
    ['the operator', { kind: 'operator' }, { actorKind: 'operator', actorId: null, hostId: null }],
  ])('says who did what to which thing: %s', async (_name, actor, expected) => {
    const store = testStore({ clock: testClock(now) });
    await store.write(actor, (change) => change.audit({ ...entry, data: { from: 's1' } }));
    expect(store.db.select().from(audit).all()).toMatchObject([
      {
        at: Date.parse(now),
        action: 'noted',
        subjectKind: 'note',
        subjectId: 'n1',
        data: { from: 's1' },
        ...expected,
      },
    ]);
  });

  it('says which conference where the actor does not', async () => {
    const store = testStore();
    await store.write(nils, (change) => change.audit({ ...entry, conferenceId: 'c2' }));
    expect(store.db.select().from(audit).all()).toMatchObject([
      { hostId: 'h1', conferenceId: 'c2', data: {} },
    ]);
  });
});

describe('a letter of a command', () => {
  const letter = {
    letter: 'moved-up',
    conferenceId: 'c1',
    recipient: { kind: 'attendee', id: 'ada' },
    data: { moves: [{ pass: 'p1', from: null, to: 's1' }] },
  } as const;

  it('waits in the outbox under an id of its own', async () => {
    const store = testStore({ clock: testClock(now) });
    await store.write(nils, (change) => {
      change.letter(letter);
      change.letter(letter);
    });
    const letters = store.db.select().from(outbox).all();
    expect(letters).toMatchObject([
      {
        at: Date.parse(now),
        letter: 'moved-up',
        conferenceId: 'c1',
        recipientKind: 'attendee',
        recipientId: 'ada',
        data: { moves: [{ pass: 'p1', from: null, to: 's1' }] },
        state: 'waiting',
        attempts: 0,
        nextAttemptAt: Date.parse(now),
      },
      { letter: 'moved-up' },
    ]);
    expect(new Set(letters.map(({ messageId }) => messageId)).size).toBe(2);
  });

  it('is not sent where the command was refused', async () => {
    const store = testStore();
    const refused = store.write(nils, (change) => {
      change.letter(letter);
      throw new Refused(notFound());
    });
    await expect(refused).rejects.toMatchObject({ refusal: { code: 'not-found' } });
    expect(store.db.select().from(outbox).all()).toEqual([]);
  });
});

it('a statement is made once for each connection', async () => {
  let made = 0;
  const count = statement((db) => {
    made++;
    return db.select({ id: audit.id }).from(audit).prepare();
  });
  const store = testStore();
  expect([count(store.db).all(), count(store.db).all()]).toEqual([[], []]);
  await store.write(nils, ({ db }) => count(db).all());
  expect(made).toBe(2);
});
