import { beforeEach, describe, expect, it } from 'vitest';
import { changeStage, editSettings, withdrawProgramme } from '../../../server/conference/commands.ts';
import { outbox } from '../../../server/core/tables.ts';
import { remindersLink } from '../../../server/messages/reminders-link.ts';
import { addAttendee } from '../../../server/people/attendee-commands.ts';
import type { Outbox } from '../../../shared/messages/contract.ts';
import { toIso } from '../../../shared/core/time.ts';
import { aCast, aForeignCast, asOrganiser, type Cast, operator, tokenOf } from '../../support/cast.ts';
import { testMailServer } from '../../support/mail.ts';
import { testServer, type TestServer } from '../../support/server.ts';

let server: TestServer;
let cast: Cast;
let headers: Record<string, string>;

beforeEach(async () => {
  server = await testServer();
  cast = await aCast(server.store);
  headers = await asOrganiser(server, cast);
});

const ask = (method: 'GET' | 'POST' | 'PATCH', path: string, payload?: object) =>
  server.app.inject({
    method,
    url: `/api/conferences/${cast.slug}/${path}`,
    headers,
    ...(payload && { payload }),
  });
const seen = async (state = 'waiting') => (await ask('GET', `letters?state=${state}`)).json<Outbox>();
const rows = () => server.store.db.select().from(outbox).orderBy(outbox.id).all();
const openPicks = () =>
  server.store.write(operator, (change) => {
    const picks = { opensAt: toIso(server.clock.now()), closesAt: null };
    editSettings(change, cast.conferenceId, { windows: { picks } });
    changeStage(change, cast.conferenceId, 'picks');
  });
const hour = 3_600_000;

describe('invitations', () => {
  it('are written to everybody with an address, and once', async () => {
    expect((await seen()).audience).toEqual({
      attendees: 3,
      withoutMail: 1,
      uninvited: 2,
      undecided: null,
    });
    const first = await ask('POST', 'letters', { letter: 'invitation' });
    expect(first.json()).toEqual({ written: 2 });
    expect((await ask('POST', 'letters', { letter: 'invitation' })).json()).toEqual({ written: 0 });
    const { items, counts, audience } = await seen();
    expect(items.map(({ letter, to }) => [letter, to.name])).toEqual([
      ['invitation', 'Karin Ek'],
      ['invitation', 'Oscar Lind'],
    ]);
    expect(counts).toMatchObject({ waiting: 2, sent: 0 });
    expect(audience.uninvited).toBe(0);
  });

  it('reach those who came since', async () => {
    await ask('POST', 'letters', { letter: 'invitation' });
    await server.store.write(operator, (change) =>
      addAttendee(change, cast.conferenceId, { name: 'Ny Ek', mail: 'ny.ek@example.org' }),
    );
    expect((await ask('POST', 'letters', { letter: 'invitation' })).json()).toEqual({ written: 1 });
  });

  it('go to all again where the organiser says so, but not twice in an hour', async () => {
    await ask('POST', 'letters', { letter: 'invitation' });
    const again = () => ask('POST', 'letters', { letter: 'invitation', again: true });
    expect((await again()).json()).toEqual({ written: 0 });
    await ask('POST', 'handled-letters', {});
    server.clock.advance(hour);
    expect((await again()).json()).toEqual({ written: 2 });
  });

  it('are refused while the programme is hidden: the links would not work', async () => {
    await server.store.write(operator, (change) => withdrawProgramme(change, cast.conferenceId));
    expect((await ask('POST', 'letters', { letter: 'invitation' })).json()).toMatchObject({
      code: 'programme-hidden',
    });
    expect(rows()).toEqual([]);
  });
});

describe('a reminder to choose', () => {
  it('goes to those who have not chosen and want reminders', async () => {
    await openPicks();
    expect((await seen()).audience.undecided).toBe(2);
    expect((await ask('POST', 'letters', { letter: 'nudge' })).json()).toEqual({ written: 2 });
  });

  it('is refused while nothing is open', async () => {
    expect((await ask('POST', 'letters', { letter: 'nudge' })).json()).toMatchObject({
      code: 'nothing-to-choose',
    });
  });
});

describe('the outbox without a mail server', () => {
  it('is exported with addresses, texts and links, and then noted as handled', async () => {
    await ask('POST', 'letters', { letter: 'invitation' });
    const csv = await ask('GET', 'letters.csv');
    expect(csv.headers['content-disposition']).toContain('filename="brev-utsikt-ar-insikt.csv"');
    expect(csv.body).toContain(`Karin Ek,karin.ek@example.org,Din sida för Utsikt är insikt,"Hej Karin Ek`);
    expect(csv.body).toContain(`/me/${tokenOf(server.store, cast, cast.attendees.karin)}`);
    expect((await ask('POST', 'handled-letters', {})).json()).toEqual({ handled: 2 });
    expect((await seen('handled')).items).toHaveLength(2);
    expect((await seen()).items).toEqual([]);
  });

  it('tries nothing again', async () => {
    expect((await ask('POST', 'letter-retries', {})).json()).toMatchObject({ code: 'no-mail-server' });
  });
});

describe('failed letters', () => {
  beforeEach(async () => {
    const { settings } = await testMailServer();
    server = await testServer({
      store: server.store,
      clock: server.clock,
      config: { mailServer: settings },
    });
    await ask('POST', 'letters', { letter: 'invitation' });
    await server.store.write(operator, ({ db }) =>
      db.update(outbox).set({ state: 'failed', problem: 'refused', answer: '550 no', attempts: 1 }).run(),
    );
  });

  it('say why, and wait again when asked to, one or all', async () => {
    const { items } = await seen('failed');
    expect(items[0]).toMatchObject({ problem: 'refused', answer: '550 no', nextAttemptAt: null });
    const one = await ask('POST', 'letter-retries', { letters: [items[0]!.id] });
    expect(one.json()).toEqual({ retried: 1 });
    expect(rows().map(({ state, attempts }) => [state, attempts])).toEqual([
      ['waiting', 0],
      ['failed', 1],
    ]);
    expect((await ask('POST', 'letter-retries', {})).json()).toEqual({ retried: 1 });
  });

  it('of another conference are not found, and stay', async () => {
    const foreign = await aForeignCast(server.store);
    const { items } = await seen('failed');
    headers = await asOrganiser(server, foreign);
    const answer = await server.app.inject({
      method: 'POST',
      url: `/api/conferences/${foreign.slug}/handled-letters`,
      headers,
      payload: { letters: [items[0]!.id] },
    });
    expect(answer.statusCode).toBe(404);
    expect(rows().map(({ state }) => state)).toEqual(['failed', 'failed']);
  });
});

describe('a letter', () => {
  it('is read as it would go out, as text and as a page that can do nothing', async () => {
    await ask('POST', 'letters', { letter: 'invitation' });
    const { id } = (await seen()).items.find(({ to }) => to.name === 'Karin Ek')!;
    const read = await ask('GET', `letters/${id}`);
    expect(read.json()).toMatchObject({ content: { subject: 'Din sida för Utsikt är insikt' } });
    const page = await ask('GET', `letters/${id}/page`);
    expect(page.headers['content-type']).toBe('text/html; charset=utf-8');
    expect(page.headers['content-security-policy']).toMatch(/^default-src 'none';.*sandbox$/u);
    expect(page.body).toContain('Hej Karin Ek');
  });

  it('to many is shown before it is sent, with a made-up reader', async () => {
    const page = await ask('GET', 'letter-previews/invitation?language=en');
    expect(page.body).toContain('Your page for Utsikt är insikt');
    expect(page.body).not.toMatch(/\/me\//u);
    expect((await ask('GET', 'letter-previews/nudge?language=sv')).statusCode).toBe(409);
    await openPicks();
    expect((await ask('GET', 'letter-previews/nudge?language=sv')).body).toContain('Du har inte valt');
  });
});

it('the organiser decides on receipts, reminders and where answers go', async () => {
  const edited = await ask('PATCH', 'letter-rules', { receipts: false, replyTo: 'fraga@reglab.example' });
  expect(edited.json()).toEqual({ receipts: false, reminders: true, replyTo: 'fraga@reglab.example' });
  expect((await seen()).rules).toEqual(edited.json());
  expect((await ask('PATCH', 'letter-rules', { replyTo: 'x\r\nBcc: y' })).statusCode).toBe(400);
});

describe('the link under a reminder', () => {
  const link = () => {
    const { id } = cast.attendees.karin;
    return remindersLink(server.store, '', { id, conferenceId: cast.conferenceId });
  };
  const api = () => link().replace('/letters/', '/api/reminders/');
  const wants = async () =>
    (await server.app.inject({ url: api() })).json<{ reminders: boolean }>().reminders;

  it.each([
    ['application/x-www-form-urlencoded', 'List-Unsubscribe=One-Click'],
    [
      'multipart/form-data; boundary=b',
      '--b\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--b--\r\n',
    ],
  ])('turns them off by one POST of a mail program (%s)', async (type, payload) => {
    expect(await wants()).toBe(true);
    const answer = await server.app.inject({
      method: 'POST',
      url: link(),
      headers: { 'content-type': type },
      payload,
    });
    expect(answer.statusCode).toBe(200);
    expect(await wants()).toBe(false);
  });

  it('does nothing when a mail program looks at it', async () => {
    await server.app.inject({ method: 'GET', url: link() });
    await server.app.inject({ method: 'HEAD', url: link() });
    expect(await wants()).toBe(true);
  });

  it('turns them on again', async () => {
    const put = (reminders: boolean) =>
      server.app.inject({ method: 'PUT', url: api(), payload: { reminders } });
    expect((await put(false)).json()).toEqual({
      conference: 'Utsikt är insikt',
      host: 'Reglab',
      reminders: false,
    });
    await put(true);
    expect(await wants()).toBe(true);
  });

  it('is somebody’s own: another token or another person is not found', async () => {
    const { oscar } = cast.attendees;
    const token = link().split('/').at(-1)!;
    const wrong = [`/letters/${oscar.id}/${token}`, link().replace(/.$/u, '!').replace('!', 'x1')];
    for (const url of wrong) {
      // oxlint-disable-next-line no-await-in-loop -- one after another
      const answer = await server.app.inject({
        method: 'POST',
        url,
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        payload: 'List-Unsubscribe=One-Click',
      });
      expect(answer.statusCode).toBe(404);
    }
  });
});
