import { eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import type { Change } from '../../../server/core/change.ts';
import { addPass, editPass } from '../../../server/programme/pass-commands.ts';
import { addPlenary, editPlenary, removePlenary } from '../../../server/programme/plenary-commands.ts';
import { editRoom } from '../../../server/programme/room-commands.ts';
import { moveSession, placeWorkshop, removeSession } from '../../../server/programme/session-commands.ts';
import { plenaries, sessions, workshops } from '../../../server/programme/tables.ts';
import { addWorkshop, editWorkshop } from '../../../server/programme/workshop-commands.ts';
import { aCast, aProgramme, type Cast, type CastProgramme, operator, place } from '../../support/cast.ts';
import {
  faultsOfLines,
  readByIcalJs,
  readByNodeIcal,
  type ReadEvent,
} from '../../support/calendars/readings.ts';
import { testServer, type TestServer } from '../../support/server.ts';

const feedPath = '/c/utsikt-ar-insikt/programme.ics';

/** A conference whose calendar is read again after each change, an hour later. */
class Diary {
  readonly #names = new Map<string, string>();
  readonly server: TestServer;
  readonly cast: Cast;
  readonly programme: CastProgramme;

  constructor(server: TestServer, cast: Cast, programme: CastProgramme) {
    this.server = server;
    this.cast = cast;
    this.programme = programme;
  }

  change<T>(command: (change: Change, conferenceId: string) => T): Promise<T> {
    this.server.clock.advance(3_600_000);
    return this.server.store.write(operator, (change) => command(change, this.cast.conferenceId));
  }

  /** The feed, with names for the random part of the UIDs. Every parser must read the same out of it. */
  async read(): Promise<{ text: string; events: ReadEvent[] }> {
    const { rawPayload } = await this.server.app.inject(feedPath);
    expect(faultsOfLines(rawPayload)).toEqual([]);
    this.#nameEvents();
    let text = rawPayload.toString('utf8');
    for (const [uid, name] of this.#names) text = text.replace(`UID:${uid}@`, `UID:${name}@`);
    const events = readByIcalJs(text);
    expect(readByNodeIcal(text)).toEqual(events);
    return { text, events };
  }

  async event(uid: string): Promise<ReadEvent> {
    const { events } = await this.read();
    const found = events.filter((event) => event.uid === `${uid}@verkstad`);
    expect(found).toHaveLength(1);
    return found[0]!;
  }

  #nameEvents(): void {
    const { db } = this.server.store;
    const placed = db
      .select({ uid: sessions.uid, name: workshops.code })
      .from(sessions)
      .innerJoin(workshops, eq(workshops.id, sessions.workshopId))
      .all();
    const items = db.select({ uid: plenaries.uid, name: plenaries.title }).from(plenaries).all();
    for (const { uid, name } of [...placed, ...items])
      if (!this.#names.has(uid)) this.#names.set(uid, name.toLowerCase());
  }
}

async function aDiary(): Promise<Diary> {
  const server = await testServer({ config: { url: 'https://verkstad.example' } });
  const cast = await aCast(server.store);
  return new Diary(server, cast, await aProgramme(server.store, cast));
}

/** W1 in pass 1, W2 in pass 2, and lunch. */
async function aDay() {
  const diary = await aDiary();
  const { w1, w2, pass1, pass2, vattern, hjalmaren } = diary.programme;
  const [session1, session2] = (await place(diary.server.store, diary.cast, [
    [w1, pass1, vattern],
    [w2, pass2, hjalmaren],
  ])) as [string, string];
  const lunch = await diary.change((change, id) => addPlenary(change, id, lunchAtTwelve));
  return { diary, session1, session2, lunch: lunch.id };
}

const lunchAtTwelve = {
  kind: 'meal',
  title: 'Lunch',
  place: 'Foajén',
  startsAt: '2026-12-12T12:15',
  endsAt: '2026-12-12T13:15',
} as const;

const golden = (name: string) => `../../golden/calendar/${name}.ics`;

describe('a programme in calendars', () => {
  it('is new: every event begins with SEQUENCE 0', async () => {
    const { diary } = await aDay();
    const { text, events } = await diary.read();
    expect(events.map(({ sequence }) => sequence)).toEqual([0, 0, 0]);
    await expect(text).toMatchFileSnapshot(golden('new'));
  });

  it('has another room: the same UID, a higher SEQUENCE, and no other event is touched', async () => {
    const { diary, session1 } = await aDay();
    const before = await diary.read();
    await diary.change((change, id) => moveSession(change, id, session1, { roomId: diary.programme.siljan }));
    const { text, events } = await diary.read();
    const [first, ...rest] = before.events;
    expect(events).toEqual([{ ...first, location: 'Siljan', sequence: 1 }, ...rest]);
    await expect(text).toMatchFileSnapshot(golden('room-changed'));
  });

  it('has another time: every event of the pass moves', async () => {
    const { diary } = await aDay();
    await diary.change((change, id) =>
      editPass(change, id, diary.programme.pass1, {
        startsAt: '2026-12-12T08:00',
        endsAt: '2026-12-12T08:45',
      }),
    );
    const { text, events } = await diary.read();
    expect(events.map(({ sequence }) => sequence)).toEqual([1, 0, 0]);
    expect(events[0]!.startsAt).toBe(Date.UTC(2026, 11, 12, 7));
    await expect(text).toMatchFileSnapshot(golden('time-moved'));
  });

  it('has something cancelled, sessions and items for everybody alike', async () => {
    const { diary, session2, lunch } = await aDay();
    await diary.read();
    await diary.change((change, id) => removeSession(change, id, session2));
    await diary.change((change, id) => removePlenary(change, id, lunch));
    const { text, events } = await diary.read();
    expect(events.map(({ summary, status, sequence }) => [summary, status, sequence])).toEqual([
      ['W1 Workshop W1', 'CONFIRMED', 0],
      ['INSTÄLLD: W2 Workshop W2', 'CANCELLED', 1],
      ['INSTÄLLD: Lunch', 'CANCELLED', 1],
    ]);
    await expect(text).toMatchFileSnapshot(golden('cancelled'));
  });

  it('has it back: the same events go on', async () => {
    const { diary, session2, lunch } = await aDay();
    const { w2, pass3, malaren } = diary.programme;
    const { events: before } = await diary.read();
    await diary.change((change, id) => removeSession(change, id, session2));
    await diary.change((change, id) => removePlenary(change, id, lunch));
    await diary.change((change, id) =>
      placeWorkshop(change, id, { workshopId: w2, passId: pass3, roomId: malaren }),
    );
    await diary.change((change, id) => addPlenary(change, id, lunchAtTwelve));
    const { text, events } = await diary.read();
    expect(events.map(({ uid }) => uid)).toEqual(before.map(({ uid }) => uid));
    expect(events.map(({ status, sequence }) => [status, sequence])).toEqual([
      ['CONFIRMED', 0],
      ['CONFIRMED', 2],
      ['CONFIRMED', 2],
    ]);
    await expect(text).toMatchFileSnapshot(golden('back-again'));
  });

  it('says other words without a new SEQUENCE: nobody need be told', async () => {
    const { diary, lunch } = await aDay();
    await diary.change((change, id) => editWorkshop(change, id, diary.programme.w1, { title: 'Nytt namn' }));
    await diary.change((change, id) => editPlenary(change, id, lunch, { summary: 'Vegetariskt' }));
    expect(await diary.event('w1')).toMatchObject({ summary: 'W1 Nytt namn', sequence: 0 });
    expect(await diary.event('lunch')).toMatchObject({ description: 'Vegetariskt', sequence: 0 });
  });

  it('has the new name of a room where its sessions are', async () => {
    const { diary } = await aDay();
    await diary.change((change, id) => editRoom(change, id, diary.programme.vattern, { name: 'Vänern' }));
    expect(await diary.event('w1')).toMatchObject({ location: 'Vänern', sequence: 1 });
    expect(await diary.event('w2')).toMatchObject({ location: 'Hjälmaren', sequence: 0 });
  });

  it('is right on every side of both changes of the clock', async () => {
    const diary = await aDiary();
    const times = [
      ['2027-03-27T10:00', '2027-03-27T10:45'],
      ['2027-03-28T01:30', '2027-03-28T03:30'],
      ['2027-03-28T10:00', '2027-03-28T10:45'],
      ['2027-10-30T10:00', '2027-10-30T10:45'],
      ['2027-10-31T01:30', '2027-10-31T03:30'],
      ['2027-10-31T10:00', '2027-10-31T10:45'],
    ] as const;
    for (const [i, [startsAt, endsAt]] of times.entries())
      // oxlint-disable-next-line no-await-in-loop -- an hour apart
      await diary.change((change, id) => {
        const { vattern } = diary.programme;
        const pass = addPass(change, id, { name: `Natt ${i}`, startsAt, endsAt });
        const workshop = addWorkshop(change, id, { code: `N${i}`, title: `Natt ${i}` });
        placeWorkshop(change, id, { workshopId: workshop.id, passId: pass.id, roomId: vattern });
      });
    const { text, events } = await diary.read();
    expect(
      events.map(({ startsAt, endsAt }) => [new Date(startsAt).toISOString(), (endsAt - startsAt) / 60_000]),
    ).toEqual([
      ['2027-03-27T09:00:00.000Z', 45],
      ['2027-03-28T00:30:00.000Z', 60],
      ['2027-03-28T08:00:00.000Z', 45],
      ['2027-10-30T08:00:00.000Z', 45],
      ['2027-10-30T23:30:00.000Z', 180],
      ['2027-10-31T09:00:00.000Z', 45],
    ]);
    await expect(text).toMatchFileSnapshot(golden('summer-time'));
  });

  it('keeps long titles and every letter', async () => {
    const { diary } = await aDay();
    const title =
      'Så här gör vi när länsöverskridande kollektivtrafik och näringslivsutveckling möts i Örnsköldsvik';
    const summary = 'Vi provar tillsammans 👩🏽‍🔬🧑‍🤝‍🧑🏳️‍🌈 och pratar om «Ö», ﷽, 漢字 och e\u0301. '.repeat(6).trim();
    await diary.change((change, id) => editWorkshop(change, id, diary.programme.w1, { title, summary }));
    const { text } = await diary.read();
    expect(await diary.event('w1')).toMatchObject({
      summary: `W1 ${title}`,
      description: `Emily Wise\n\n${summary}`,
    });
    await expect(text).toMatchFileSnapshot(golden('long-and-emoji'));
  });

  it('takes no text for calendar lines, whatever breaks lines in some reader', async () => {
    const { diary } = await aDay();
    const title = 'A\\B; C, "D": E\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nSUMMARY:Inbrott';
    const summary = ['\n', '\r', '\v', '\f', '\u0085', '\u2028', '\u2029']
      .map((lineBreak) => `x${lineBreak}END:VCALENDAR`)
      .join('');
    await diary.change((change, id) => editWorkshop(change, id, diary.programme.w1, { title, summary }));
    await diary.change((change, id) =>
      editRoom(change, id, diary.programme.vattern, { name: 'Sal\u0000 1; plan 2, hus\u001B B' }),
    );
    const { text, events } = await diary.read();
    expect(events).toHaveLength(3);
    expect(text.match(/^(BEGIN|END):V(EVENT|CALENDAR)\r$/gmu)).toHaveLength(8);
    expect(await diary.event('w1')).toMatchObject({
      summary: `W1 ${title.replaceAll('\r\n', '\n')}`,
      location: 'Sal 1; plan 2, hus B',
    });
    await expect(text).toMatchFileSnapshot(golden('hostile'));
  });
});
