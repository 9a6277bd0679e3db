import { beforeEach, describe, expect, it } from 'vitest';
import type { Change } from '../../../server/core/change.ts';
import { placeWorkshop } from '../../../server/programme/session-commands.ts';
import { workshops } from '../../../server/programme/tables.ts';
import { takeSeat } from '../../../server/registration/picks-commands.ts';
import { type SmallConference, smallConference } from '../../support/registration/small-conference.ts';
import { listeningServer, type TestServer } from '../../support/server.ts';

interface SeatsEvent {
  readonly id: string;
  readonly seats: Record<string, number>;
}

let server: TestServer & { url: string };
let small: SmallConference;

beforeEach(async () => {
  server = await listeningServer();
  small = await smallConference(server.store, {
    slug: 'liten',
    sessions: [
      ['W1', 'Pass 1', 5],
      ['W2', 'Pass 1', 5],
      ['W3', 'Pass 2', 5],
    ],
    attendees: ['Anna', 'Bo', 'Cia'],
  });
});

function write<T>(command: (change: Change) => T): Promise<T> {
  return server.store.write({ kind: 'system' }, command);
}

const take = (person: string, session: string) =>
  write((change) => takeSeat(change, small.wanted(person, session)));

/** Listens to the seats; each call of `next` waits for one more event. */
async function listen(lastEventId?: string) {
  const stop = new AbortController();
  const answer = await fetch(`${server.url}/api/conferences/liten/seats`, {
    signal: stop.signal,
    headers: lastEventId === undefined ? {} : { 'last-event-id': lastEventId },
  });
  const reader = answer.body!.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  async function next(): Promise<SeatsEvent> {
    for (;;) {
      const event = /id: (.+)\nevent: seats\ndata: (.+)\n\n/u.exec(text);
      if (event) {
        text = text.slice(event.index + event[0].length);
        const list = JSON.parse(event[2]!) as { session: string; taken: number }[];
        return {
          id: event[1]!,
          seats: Object.fromEntries(list.map(({ session, taken }) => [small.nameOf(session), taken])),
        };
      }
      // oxlint-disable-next-line no-await-in-loop -- one piece comes after another
      const { value, done } = await reader.read();
      if (done) throw new Error('the stream ended');
      text += value;
    }
  }
  return { next, stop: () => stop.abort() };
}

describe('who listens to the seats', () => {
  it('hears of all at first, then of what changes, several changes at once', async () => {
    await take('Anna', 'W1 Pass 1');
    const listener = await listen();
    expect((await listener.next()).seats).toEqual({ 'W1 Pass 1': 1, 'W2 Pass 1': 0, 'W3 Pass 2': 0 });
    await Promise.all([take('Bo', 'W1 Pass 1'), take('Cia', 'W1 Pass 1')]);
    expect((await listener.next()).seats).toEqual({ 'W1 Pass 1': 3 });
    listener.stop();
  });

  it('and comes back, hears of what they missed and no more', async () => {
    const listener = await listen();
    const { id } = await listener.next();
    listener.stop();
    const other = await listen();
    await other.next();
    await take('Anna', 'W2 Pass 1');
    const missed = await other.next();
    expect(missed.seats).toEqual({ 'W2 Pass 1': 1 });
    const again = await listen(id);
    expect((await again.next()).seats).toEqual({ 'W2 Pass 1': 1 });
    const current = await listen(missed.id);
    await take('Bo', 'W1 Pass 1');
    expect((await current.next()).seats).toEqual({ 'W1 Pass 1': 1 });
    for (const { stop } of [other, again, current]) stop();
  });

  it('with an event of another run of the server hears of all', async () => {
    const listener = await listen('anotherrun-7');
    expect((await listener.next()).seats).toEqual({ 'W1 Pass 1': 0, 'W2 Pass 1': 0, 'W3 Pass 2': 0 });
    listener.stop();
  });

  it('hears nothing of what was undone', async () => {
    const listener = await listen();
    await listener.next();
    const undone = write((change) => {
      takeSeat(change, small.wanted('Anna', 'W1 Pass 1'));
      throw new Error('undone');
    });
    await expect(undone).rejects.toThrow('undone');
    await take('Bo', 'W2 Pass 1');
    expect((await listener.next()).seats).toEqual({ 'W2 Pass 1': 1 });
    listener.stop();
  });

  it('hears of a session that is new', async () => {
    const listener = await listen();
    await listener.next();
    const place = {
      workshopId: small.idOf('W1'),
      passId: small.idOf('Pass 2'),
      roomId: small.idOf('W1 Pass 1 room'),
    };
    const { id } = await write((change) => {
      change.db.update(workshops).set({ maxOfferings: 2 }).run();
      return placeWorkshop(change, small.id, place);
    });
    expect((await listener.next()).seats).toEqual({ [id]: 0 });
    listener.stop();
  });
});
