import { eq } from 'drizzle-orm';
import { beforeEach, describe, expect, it } from 'vitest';
import { changeStage, editSettings } from '../../../server/conference/commands.ts';
import { outbox } from '../../../server/core/tables.ts';
import { textOf } from '../../../server/messages/letter-text.ts';
import { composeLetter } from '../../../server/messages/compose.ts';
import { chooseReminders, editLetterRules } from '../../../server/messages/outbox-commands.ts';
import { editPass } from '../../../server/programme/pass-commands.ts';
import { editRoom } from '../../../server/programme/room-commands.ts';
import { moveSession } from '../../../server/programme/session-commands.ts';
import { castBallot } from '../../../server/registration/ballots-commands.ts';
import { releaseSeat, takeSeat } from '../../../server/registration/picks-commands.ts';
import type { Change } from '../../../server/core/change.ts';
import type { Attendee } from '../../../shared/people/vocabulary.ts';
import { toIso } from '../../../shared/core/time.ts';
import { aCast, aProgramme, type Cast, type CastProgramme, operator, place } from '../../support/cast.ts';
import { testMailServer } from '../../support/mail.ts';
import { testServer, type TestServer } from '../../support/server.ts';

const minute = 60_000;
const hour = 60 * minute;

let server: TestServer;
let cast: Cast;
let programme: CastProgramme;
let sessions: { w1: string; w2: string; w15: string };

/** The cast chooses: W1 in Vättern in pass 1, W2 in Hjälmaren in pass 2, W15 in Siljan in pass 3. */
beforeEach(async () => {
  const { settings } = await testMailServer();
  server = await testServer({ config: { mailServer: { ...settings, port: 1 } } });
  cast = await aCast(server.store);
  programme = await aProgramme(server.store, cast);
  const { w1, w2, w15, pass1, pass2, pass3, vattern, hjalmaren, siljan } = programme;
  const [a, b, c] = await place(server.store, cast, [
    [w1, pass1, vattern],
    [w2, pass2, hjalmaren],
    [w15, pass3, siljan],
  ]);
  sessions = { w1: a!, w2: b!, w15: c! };
  await organise((change) => {
    editSettings(change, cast.conferenceId, {
      windows: { picks: { opensAt: toIso(server.clock.now()), closesAt: null } },
    });
    changeStage(change, cast.conferenceId, 'picks');
  });
});

function organise<T>(command: (change: Change) => T): Promise<T> {
  return server.store.write(operator, command);
}

function choose({ id }: Attendee, passId: string, sessionId: string) {
  const { conferenceId } = cast;
  return server.store.write({ kind: 'attendee', conferenceId, attendeeId: id }, (change) =>
    takeSeat(change, { conferenceId, attendeeId: id, passId, sessionId }),
  );
}

/** What the outbox holds after a round: which letter to whom. */
async function decided(): Promise<string[]> {
  await server.app.postOffice.round();
  const names = new Map(Object.values(cast.attendees).map(({ id, name }) => [id, name]));
  return server.store.db
    .select()
    .from(outbox)
    .orderBy(outbox.id)
    .all()
    .map(({ letter, recipientId }) => `${letter}: ${names.get(recipientId)}`);
}

function textsOf(letter: string): string[] {
  const office = { deriving: server.store, url: 'https://verkstad.example', now: server.clock.now() };
  return server.store.db
    .select()
    .from(outbox)
    .all()
    .filter((row) => row.letter === letter)
    .map((row) => {
      const content = composeLetter(server.store.db, office, row)?.content;
      return content ? `${content.subject}\n${textOf(content)}` : 'lapsed';
    });
}

describe('a receipt', () => {
  it('comes once, ten minutes after the last of several choices', async () => {
    const { karin } = cast.attendees;
    await choose(karin, programme.pass1, sessions.w1);
    server.clock.advance(9 * minute);
    await choose(karin, programme.pass2, sessions.w2);
    server.clock.advance(9 * minute);
    expect(await decided()).toEqual([]);
    server.clock.advance(minute);
    expect(await decided()).toEqual(['receipt: Karin Ek']);
    server.clock.advance(hour);
    expect(await decided()).toHaveLength(1);
    const [text] = textsOf('receipt');
    expect(text).toContain('W1 Workshop W1');
    expect(text).toContain('W2 Workshop W2');
    expect(text).toContain('https://verkstad.example/calendar/');
  });

  it('comes again when something was chosen again', async () => {
    const { karin } = cast.attendees;
    const { conferenceId } = cast;
    await choose(karin, programme.pass1, sessions.w1);
    server.clock.advance(10 * minute);
    await decided();
    await server.store.write({ kind: 'attendee', conferenceId, attendeeId: karin.id }, (change) =>
      releaseSeat(change, { conferenceId, attendeeId: karin.id, passId: programme.pass1 }),
    );
    server.clock.advance(10 * minute);
    expect(await decided()).toEqual(['receipt: Karin Ek', 'receipt: Karin Ek']);
    expect(textsOf('receipt')[1]).toContain('Du har inga platser just nu.');
  });

  it('waits for the last choice, however much others choose in between', async () => {
    const { karin, goran } = cast.attendees;
    const { conferenceId } = cast;
    await choose(karin, programme.pass1, sessions.w1);
    await server.store.write({ kind: 'attendee', conferenceId, attendeeId: goran.id }, (change) => {
      const subject = { kind: 'attendee', id: goran.id };
      for (let i = 0; i < 2001; i++) change.audit({ action: 'queue-left', subject });
    });
    server.clock.advance(9 * minute);
    await choose(karin, programme.pass2, sessions.w2);
    server.clock.advance(minute);
    expect(await decided()).toEqual([]);
    server.clock.advance(9 * minute);
    expect(await decided()).toEqual(['receipt: Karin Ek']);
    server.clock.advance(hour);
    expect(await decided()).toHaveLength(1);
  });

  it('comes for wishes too', async () => {
    const { karin } = cast.attendees;
    const { conferenceId } = cast;
    await organise((change) => {
      const window = { opensAt: toIso(server.clock.now()), closesAt: null };
      editSettings(change, conferenceId, { windows: { wishes: window } });
      changeStage(change, conferenceId, 'wishes');
    });
    await server.store.write({ kind: 'attendee', conferenceId, attendeeId: karin.id }, (change) =>
      castBallot(change, { conferenceId, attendeeId: karin.id, wishes: ['W3', 'W1'] }),
    );
    server.clock.advance(10 * minute);
    expect(await decided()).toEqual(['receipt: Karin Ek']);
    expect(textsOf('receipt')[0]).toMatch(/1\. W3 Workshop W3\n2\. W1 Workshop W1/u);
  });

  it('does not come to somebody without an address, or where the organiser wants none', async () => {
    await choose(cast.attendees.goran, programme.pass1, sessions.w1);
    server.clock.advance(10 * minute);
    expect(await decided()).toEqual([]);
    await organise((change) => editLetterRules(change, cast.conferenceId, { receipts: false }));
    await choose(cast.attendees.karin, programme.pass1, sessions.w1);
    server.clock.advance(10 * minute);
    expect(await decided()).toEqual([]);
  });

  it('is not written where there is no mail server', async () => {
    const alone = await testServer({ store: server.store, clock: server.clock });
    await choose(cast.attendees.karin, programme.pass1, sessions.w1);
    server.clock.advance(10 * minute);
    await alone.app.postOffice.round();
    expect(server.store.db.select().from(outbox).all()).toEqual([]);
  });

  it('is not made up for a day later', async () => {
    await choose(cast.attendees.karin, programme.pass1, sessions.w1);
    server.clock.advance(24 * hour);
    expect(await decided()).toEqual(['receipt: Karin Ek']);
    await choose(cast.attendees.karin, programme.pass2, sessions.w2);
    server.clock.advance(24 * hour + 1);
    expect(await decided()).toHaveLength(1);
  });
});

describe('a changed room or time', () => {
  beforeEach(async () => {
    await organise((change) => editLetterRules(change, cast.conferenceId, { receipts: false }));
    await choose(cast.attendees.karin, programme.pass1, sessions.w1);
    await choose(cast.attendees.karin, programme.pass2, sessions.w2);
    await choose(cast.attendees.oscar, programme.pass1, sessions.w1);
    server.clock.advance(minute);
  });

  const move = (session: string, roomId: string) =>
    organise((change) => moveSession(change, cast.conferenceId, session, { roomId }));

  it('is told in one letter, a quarter of an hour after the last of twenty changes', async () => {
    const { malaren, roxen, vattern, siljan } = programme;
    for (const room of [malaren, roxen, vattern, siljan, malaren]) {
      // oxlint-disable-next-line no-await-in-loop -- one after another
      await move(sessions.w1, room);
      server.clock.advance(5 * minute);
    }
    await organise((change) =>
      editPass(change, cast.conferenceId, programme.pass2, { startsAt: '2026-12-12T10:25' }),
    );
    server.clock.advance(14 * minute);
    expect(await decided()).toEqual([]);
    server.clock.advance(minute);
    expect((await decided()).toSorted()).toEqual(['day-changed: Karin Ek', 'day-changed: Oscar Lind']);
    const [karin] = textsOf('day-changed').filter((text) => text.includes('Karin'));
    expect(karin).toContain('Din dag har ändrats: Utsikt är insikt');
    expect(karin).toContain('09.30–10.15  W1 Workshop W1\n  Pass 1 · Mälaren\n  Förut 09.30–10.15, Vättern');
    expect(karin).toContain(
      '10.25–11.15  W2 Workshop W2\n  Pass 2 · Hjälmaren\n  Förut 10.30–11.15, Hjälmaren',
    );
    const [oscar] = textsOf('day-changed').filter((text) => text.includes('Oscar'));
    expect(oscar).toContain('Ny lokal: W1 Workshop W1');
    server.clock.advance(hour);
    expect(await decided()).toHaveLength(2);
  });

  it('is told within the hour, however long the organiser goes on', async () => {
    const { malaren, roxen } = programme;
    for (let i = 0; i < 12; i++) {
      // oxlint-disable-next-line no-await-in-loop -- one after another
      await move(sessions.w1, i % 2 === 0 ? malaren : roxen);
      server.clock.advance(5 * minute);
    }
    expect(await decided()).toHaveLength(2);
  });

  it('is told after two minutes where the session begins soon', async () => {
    server.clock.set('2026-12-12T07:00:00.000Z');
    await organise((change) => editLetterRules(change, cast.conferenceId, { reminders: false }));
    await move(sessions.w1, programme.malaren);
    server.clock.advance(2 * minute);
    expect(await decided()).toHaveLength(2);
  });

  it('that is taken back in time is not told', async () => {
    await move(sessions.w1, programme.malaren);
    await move(sessions.w1, programme.vattern);
    server.clock.advance(hour);
    expect(await decided()).toEqual([]);
  });

  it('that is taken back after it was told, is told too', async () => {
    await move(sessions.w1, programme.malaren);
    server.clock.advance(15 * minute);
    await decided();
    await move(sessions.w1, programme.vattern);
    server.clock.advance(15 * minute);
    expect(await decided()).toHaveLength(4);
  });

  it('of a room’s name is told to those who sit in it', async () => {
    await organise((change) => editRoom(change, cast.conferenceId, programme.vattern, { name: 'Vänern' }));
    server.clock.advance(15 * minute);
    expect(await decided()).toHaveLength(2);
    expect(textsOf('day-changed')[0]).toContain('Pass 1 · Vänern');
  });

  it('is not told to those who chose it since, or have left it', async () => {
    const { conferenceId } = cast;
    await move(sessions.w1, programme.malaren);
    server.clock.advance(minute);
    await choose(cast.attendees.goran, programme.pass1, sessions.w1);
    server.clock.advance(15 * minute);
    expect((await decided()).toSorted()).toEqual(['day-changed: Karin Ek', 'day-changed: Oscar Lind']);
    await server.store.write(
      { kind: 'attendee', conferenceId, attendeeId: cast.attendees.oscar.id },
      (change) =>
        releaseSeat(change, {
          conferenceId,
          attendeeId: cast.attendees.oscar.id,
          passId: programme.pass1,
        }),
    );
    expect(textsOf('day-changed').filter((text) => text !== 'lapsed')).toHaveLength(1);
  });

  it('is not told of other things: a larger room is no news', async () => {
    await organise((change) => editRoom(change, cast.conferenceId, programme.vattern, { capacity: 200 }));
    server.clock.advance(hour);
    expect(await decided()).toEqual([]);
  });
});

it('before people choose, rooms change without letters', async () => {
  await organise((change) => changeStage(change, cast.conferenceId, 'planning'));
  await organise((change) =>
    moveSession(change, cast.conferenceId, sessions.w1, { roomId: programme.malaren }),
  );
  await organise((change) => changeStage(change, cast.conferenceId, 'picks'));
  await choose(cast.attendees.karin, programme.pass1, sessions.w1);
  server.clock.advance(9 * minute);
  expect(await decided()).toEqual([]);
});

describe('a reminder', () => {
  // The conference begins at 09.30 on 12 December in Stockholm, 08.30 in UTC.
  it('is written once at ten the day before, by the conference’s own clock', async () => {
    server.clock.set('2026-12-11T08:59:59.000Z');
    expect(await decided()).toEqual([]);
    server.clock.set('2026-12-11T09:00:00.000Z');
    expect((await decided()).toSorted()).toEqual(['reminder: Karin Ek', 'reminder: Oscar Lind']);
    server.clock.set('2026-12-12T08:00:00.000Z');
    expect(await decided()).toHaveLength(2);
    expect(textsOf('reminder')[0]).toContain('I dag: Utsikt är insikt');
  });

  it('is made up for where the server was down, until the conference begins', async () => {
    server.clock.set('2026-12-12T08:29:00.000Z');
    expect(await decided()).toHaveLength(2);
    server.clock.set('2026-12-12T08:30:00.000Z');
    expect(textsOf('reminder')).toEqual(['lapsed', 'lapsed']);
  });

  it('is not written once the conference has begun', async () => {
    server.clock.set('2026-12-12T08:30:00.000Z');
    expect(await decided()).toEqual([]);
  });

  it('comes again where the day moved', async () => {
    server.clock.set('2026-12-11T09:00:00.000Z');
    await decided();
    await organise((change) => {
      for (const [pass, time] of [
        [programme.pass1, '09'],
        [programme.pass2, '10'],
        [programme.pass3, '11'],
      ] as const)
        editPass(change, cast.conferenceId, pass, {
          startsAt: `2026-12-19T${time}:30`,
          endsAt: `2026-12-19T${Number(time) + 1}:15`,
        });
    });
    server.clock.set('2026-12-18T09:00:00.000Z');
    expect((await decided()).filter((letter) => letter.startsWith('reminder'))).toHaveLength(4);
  });

  it('is not written to who wants none, and one that waits for them lapses', async () => {
    server.clock.set('2026-12-11T09:00:00.000Z');
    const { conferenceId } = cast;
    await organise((change) => chooseReminders(change, { id: cast.attendees.oscar.id, conferenceId }, false));
    expect(await decided()).toEqual(['reminder: Karin Ek']);
    await organise((change) => chooseReminders(change, { id: cast.attendees.karin.id, conferenceId }, false));
    const [row] = server.store.db.select().from(outbox).where(eq(outbox.letter, 'reminder')).all();
    expect(row?.state).toBe('lapsed');
  });

  it('is not written where the organiser wants none', async () => {
    server.clock.set('2026-12-11T09:00:00.000Z');
    await organise((change) => editLetterRules(change, cast.conferenceId, { reminders: false }));
    expect(await decided()).toEqual([]);
  });
});
