import { beforeEach, describe, expect, it } from 'vitest';
import { changeStage, withdrawProgramme } from '../../../server/conference/commands.ts';
import { outbox } from '../../../server/core/tables.ts';
import { attendeeRowOf } from '../../../server/people/queries.ts';
import { aCast, asAttendee, asOrganiser, type Cast, operator, tokenOf } from '../../support/cast.ts';
import { testServer, type TestServer } from '../../support/server.ts';

let server: TestServer;
let cast: Cast;

beforeEach(async () => {
  server = await testServer();
  cast = await aCast(server.store);
});

/** Asks as anybody may, and waits until what follows the answer is done. */
async function ask(body: object, remoteAddress = '192.0.2.1') {
  const answer = await server.app.inject({
    method: 'POST',
    url: '/api/link-requests',
    payload: body,
    remoteAddress,
  });
  await server.store.write(operator, () => {});
  return answer;
}

const lettersTo = ({ id }: { id: string }) =>
  server.store.db
    .select()
    .from(outbox)
    .all()
    .filter(({ recipientId }) => recipientId === id);

/** The token that the letter to an attendee brings: the next version's. */
function mailedToken({ id }: { id: string }): string {
  const { linkVersion } = attendeeRowOf(server.store.db, cast.conferenceId, id);
  return server.store.deriveToken('link', cast.conferenceId, id, linkVersion + 1);
}

const open = (token: string) =>
  server.app.inject({ method: 'POST', url: '/api/session/attendee', payload: { token } });

describe('someone who has lost the link', () => {
  it('gets a letter, urgent, however the address is written', async () => {
    await ask({ mail: 'Karin.EK@Example.org' });
    expect(lettersTo(cast.attendees.karin)).toMatchObject([
      { letter: 'personal-link', conferenceId: cast.conferenceId, urgent: true, state: 'waiting' },
    ]);
  });

  it('is answered in the same bytes as a stranger, who gets none', async () => {
    const known = await ask({ mail: 'karin.ek@example.org' });
    const stranger = await ask({ mail: 'ingen@example.org' });
    const essence = ({ statusCode, body, headers }: typeof known) => ({
      statusCode,
      body,
      headers: { ...headers, date: '' },
    });
    expect(essence(known)).toEqual(essence(stranger));
    expect(known.statusCode).toBe(202);
    expect(server.store.db.select().from(outbox).all()).toHaveLength(1);
  });

  it('is refused what is no address', async () => {
    expect((await ask({ mail: 'karin' })).statusCode).toBe(400);
  });

  it('gets in with the new link, which ends the old one and its sessions', async () => {
    const { karin } = cast.attendees;
    const old = asAttendee(server, cast, karin);
    const signedIn = (await open(tokenOf(server.store, cast, karin))).cookies[0]!;
    await ask({ mail: karin.mail! });
    const fresh = mailedToken(karin);
    const asKarin = { url: `/api/conferences/${cast.slug}/me`, method: 'GET' } as const;

    expect((await server.app.inject({ ...asKarin, headers: old })).statusCode).toBe(200);
    expect((await open(fresh)).statusCode).toBe(200);
    expect((await server.app.inject({ ...asKarin, headers: old })).statusCode).toBe(404);
    expect((await server.app.inject({ ...asKarin, cookies: { verkstad: signedIn.value } })).statusCode).toBe(
      401,
    );
    expect((await open(fresh)).statusCode).toBe(200);
  });

  it('gets in with it twice at once, and it still works afterwards', async () => {
    const { karin } = cast.attendees;
    await ask({ mail: karin.mail! });
    const fresh = mailedToken(karin);
    const answers = await Promise.all([open(fresh), open(fresh)]);
    expect(answers.map(({ statusCode }) => statusCode)).toEqual([200, 200]);
    expect((await open(fresh)).statusCode).toBe(200);
  });

  it('keeps the old link until then', async () => {
    const { karin } = cast.attendees;
    await ask({ mail: karin.mail! });
    expect((await open(tokenOf(server.store, cast, karin))).statusCode).toBe(200);
  });

  it('cannot use a link that was never mailed', async () => {
    expect((await open(mailedToken(cast.attendees.karin))).statusCode).toBe(404);
  });

  it('gets three letters in a quarter of an hour, not four, and more after it', async () => {
    for (const _ of [1, 2, 3, 4]) {
      // oxlint-disable-next-line no-await-in-loop -- one after another
      expect((await ask({ mail: 'karin.ek@example.org' })).statusCode).toBe(202);
    }
    expect(lettersTo(cast.attendees.karin)).toHaveLength(3);
    await ask({ mail: 'oscar.lind@example.org' });
    expect(lettersTo(cast.attendees.oscar)).toHaveLength(1);
    server.clock.advance(15 * 60_000);
    await ask({ mail: 'karin.ek@example.org' });
    expect(lettersTo(cast.attendees.karin)).toHaveLength(4);
  });

  it('is asked to wait after sixty questions from one address, others are not', async () => {
    const from = (address: string) => ask({ mail: 'ingen@example.org' }, address);
    const statuses = new Set<number>();
    for (let i = 0; i < 60; i++) {
      // oxlint-disable-next-line no-await-in-loop -- one after another
      statuses.add((await from('192.0.2.9')).statusCode);
    }
    expect([...statuses]).toEqual([202]);
    expect((await from('192.0.2.9')).statusCode).toBe(429);
    expect((await from('192.0.2.10')).statusCode).toBe(202);
  });

  it.each([
    ['another conference is named', { conference: 'grannarnas-dag' }, () => {}],
    [
      'the programme is hidden',
      {},
      () => server.store.write(operator, (change) => withdrawProgramme(change, cast.conferenceId)),
    ],
    [
      'the conference is over',
      {},
      () => server.store.write(operator, (change) => changeStage(change, cast.conferenceId, 'over')),
    ],
  ] as const)('gets no letter where %s', async (_, named, arrange) => {
    await arrange();
    await ask({ mail: 'karin.ek@example.org', ...named });
    expect(lettersTo(cast.attendees.karin)).toEqual([]);
  });

  it('gets one where the own conference is named', async () => {
    await ask({ mail: 'karin.ek@example.org', conference: cast.slug });
    expect(lettersTo(cast.attendees.karin)).toHaveLength(1);
  });
});

describe('the language of letters', () => {
  const choose = (headers: Record<string, string>, language: string) =>
    server.app.inject({
      method: 'PUT',
      url: `/api/conferences/${cast.slug}/me/language`,
      headers,
      payload: { language },
    });

  it('is the attendee’s to choose, and nobody else’s changes', async () => {
    const answer = await choose(asAttendee(server, cast, cast.attendees.karin), 'en');
    expect(answer.json()).toEqual({ language: 'en' });
    const languageOf = ({ id }: { id: string }) =>
      attendeeRowOf(server.store.db, cast.conferenceId, id).language;
    expect(Object.values(cast.attendees).map(languageOf)).toEqual(['en', 'sv', 'sv']);
  });

  it('is one that Verkstad speaks', async () => {
    expect((await choose(asAttendee(server, cast, cast.attendees.karin), 'fi')).statusCode).toBe(400);
  });

  it('is not changed by organisers here', async () => {
    expect((await choose(await asOrganiser(server, cast), 'en')).statusCode).toBe(403);
  });
});
