import { beforeEach, describe, expect, it } from 'vitest';
import { outbox } from '../../../server/core/tables.ts';
import { listDue } from '../../../server/messages/outbox-queries.ts';
import { eraseAttendee } from '../../../server/overview/erasure-commands.ts';
import { editAttendee } from '../../../server/people/attendee-commands.ts';
import type { LetterKind } from '../../../shared/core/letters.ts';
import type { Attendee } from '../../../shared/people/vocabulary.ts';
import { aCast, type Cast, operator, tokenOf } from '../../support/cast.ts';
import { testMailServer, type TestMailServer } from '../../support/mail.ts';
import { testServer, type TestServer } from '../../support/server.ts';

let mail: TestMailServer;
let server: TestServer;
let cast: Cast;

beforeEach(async () => {
  mail = await testMailServer();
  server = await testServer({ config: { mailServer: mail.settings, url: 'https://verkstad.example' } });
  cast = await aCast(server.store);
});

const write = (to: Attendee, letter: LetterKind = 'invitation') =>
  server.store.write(operator, (change) =>
    change.letter({
      letter: letter as 'invitation',
      recipient: { kind: 'attendee', id: to.id },
      conferenceId: cast.conferenceId,
      data: {},
    }),
  );

const rename = (attendee: Attendee, values: { name?: string; mail?: string | null }) =>
  server.store.write(operator, (change) => editAttendee(change, cast.conferenceId, attendee.id, values));

const round = () => server.app.postOffice.round();
const rows = () => server.store.db.select().from(outbox).orderBy(outbox.id).all();
const row = () => rows()[0]!;
const minute = 60_000;

describe('a letter', () => {
  it('reaches its reader with link, name and sender, once, and is written down as sent', async () => {
    await write(cast.attendees.karin);
    await round();
    await round();
    expect(mail.received).toHaveLength(1);
    const { from, to, mail: letter } = mail.received[0]!;
    expect({ from, to }).toEqual({ from: 'workshop@reglab.example', to: 'karin.ek@example.org' });
    expect(letter.from).toMatchObject({ name: 'Reglab', address: 'workshop@reglab.example' });
    expect(letter.to).toEqual([{ name: 'Karin Ek', address: 'karin.ek@example.org' }]);
    const link = `https://verkstad.example/me/${tokenOf(server.store, cast, cast.attendees.karin)}`;
    expect(letter.text).toContain(link);
    expect(letter.html).toContain(`href="${link}"`);
    expect(letter.messageId).toBe(`<${row().messageId}@verkstad.example>`);
    expect(row()).toMatchObject({ state: 'sent', attempts: 1, sentAt: server.clock.now() });
  });

  it('says that a program wrote it, and asks for no out-of-office answer', async () => {
    await write(cast.attendees.karin);
    await round();
    const headers = new Map(mail.received[0]!.mail.headers.map(({ key, value }) => [key, value]));
    expect(headers.get('auto-submitted')).toBe('auto-generated');
    expect(headers.get('content-language')).toBe('sv');
    expect(headers.has('list-unsubscribe')).toBe(false);
  });

  it('goes out in the reader’s language', async () => {
    await server.store.write(operator, (change) =>
      editAttendee(change, cast.conferenceId, cast.attendees.karin.id, { language: 'en' }),
    );
    await write(cast.attendees.karin);
    await round();
    expect(mail.received[0]!.mail.subject).toBe('Your page for Utsikt är insikt');
  });

  it('that somebody waits for goes before the others', async () => {
    await write(cast.attendees.karin);
    await write(cast.attendees.oscar, 'personal-link');
    const due = listDue(server.store.db, server.clock.now(), 10);
    expect(due.map(({ letter }) => letter)).toEqual(['personal-link', 'invitation']);
  });

  it('to somebody without an address fails with that reason', async () => {
    await write(cast.attendees.goran);
    await round();
    expect(row()).toMatchObject({ state: 'failed', problem: 'no-address' });
    expect(mail.received).toEqual([]);
  });

  it('to somebody who was erased is gone', async () => {
    await write(cast.attendees.karin);
    await server.store.write(operator, (change) =>
      eraseAttendee(change, cast.conferenceId, cast.attendees.karin.id),
    );
    await round();
    expect(rows()).toEqual([]);
    expect(mail.received).toEqual([]);
  });

  it.each([
    ['a name with commas, quotes and angles', { name: 'Ek, "Karin" <x@evil.example>' }],
    ['a name from right to left', { name: 'كارين إيك' }],
    ['a plus', { mail: 'karin.ek+verkstad@example.org' }],
    ['an apostrophe', { mail: "o'hara@example.org" }],
  ])('reaches %s, and nobody else', async (_, values) => {
    const { mail: address } = await rename(cast.attendees.karin, values);
    await write(cast.attendees.karin);
    await round();
    expect(mail.received.map(({ to }) => to)).toEqual([address]);
    expect(mail.received[0]!.mail.to).toEqual([
      { name: 'name' in values ? values.name : 'Karin Ek', address },
    ]);
    expect(mail.received[0]!.mail.bcc ?? []).toEqual([]);
  });

  it('reaches a domain with umlauts by its name on the wire', async () => {
    await rename(cast.attendees.karin, { mail: 'karin@räksmörgås.example' });
    await write(cast.attendees.karin);
    await round();
    // The test server shows the envelope as people read it.
    expect(mail.received.map(({ to }) => to)).toEqual(['karin@räksmörgås.example']);
    expect(mail.received[0]!.raw).toContain('To: Karin Ek <karin@xn--rksmrgs-5wao1o.example>');
  });

  it('can hold no header that a title brings', async () => {
    await server.store.write(operator, ({ db }) =>
      db.run(
        `UPDATE conferences SET name = 'Utsikt' || char(13, 10) || 'Bcc: all@evil.example' || char(13, 10, 13, 10) || 'x'`,
      ),
    );
    await write(cast.attendees.karin);
    await round();
    const [{ raw, mail: letter } = { raw: '', mail: null }] = mail.received;
    expect(raw.split('\r\n\r\n')[0]).not.toMatch(/^Bcc:/imu);
    expect(letter?.subject).toBe('Din sida för Utsikt Bcc: all@evil.example x');
    expect(mail.received.map(({ to }) => to)).toEqual(['karin.ek@example.org']);
  });
});

describe('a letter that is not taken', () => {
  it('is tried again, later each time, and gets through', async () => {
    await write(cast.attendees.karin);
    mail.refusals.push('450 greylisted, come back');
    await round();
    expect(row()).toMatchObject({
      state: 'waiting',
      attempts: 1,
      problem: 'not-taken',
      answer: '450 greylisted, come back',
      nextAttemptAt: server.clock.now() + minute,
    });
    await round();
    expect(mail.received).toEqual([]);
    mail.refusals.push('451 not yet');
    server.clock.advance(minute);
    await round();
    expect(row()).toMatchObject({ attempts: 2, nextAttemptAt: server.clock.now() + 5 * minute });
    server.clock.advance(5 * minute);
    await round();
    expect(row()).toMatchObject({ state: 'sent', attempts: 3, problem: null, answer: null });
    expect(mail.received).toHaveLength(1);
  });

  it('is given up after two days, and says why', async () => {
    await write(cast.attendees.karin);
    for (let i = 0; i < 9; i++) {
      mail.refusals.push('452 mailbox full');
      // oxlint-disable-next-line no-await-in-loop -- one attempt after another
      await round();
      server.clock.advance(24 * 60 * minute);
    }
    expect(row()).toMatchObject({
      state: 'failed',
      attempts: 9,
      problem: 'not-taken',
      answer: '452 mailbox full',
    });
    mail.refusals.length = 0;
    await round();
    expect(mail.received).toEqual([]);
  });

  it('ever, is given up at once, without the address in the reason', async () => {
    await write(cast.attendees.karin);
    await write(cast.attendees.oscar);
    mail.refusals.push('550 <karin.ek@example.org>: no such user');
    await round();
    expect(new Set(rows().map(({ state }) => state))).toEqual(new Set(['failed', 'sent']));
    const failed = rows().find(({ state }) => state === 'failed')!;
    expect(failed).toMatchObject({ problem: 'refused', attempts: 1 });
    expect(failed.answer).toMatch(/no such user$/u);
  });
});

describe('a mail server that cannot be reached', () => {
  it('keeps letters waiting without counting against them, and is said; then they go', async () => {
    await write(cast.attendees.karin);
    await write(cast.attendees.oscar);
    await mail.stop();
    await round();
    expect(rows()).toMatchObject([
      { state: 'waiting', attempts: 0 },
      { state: 'waiting', attempts: 0 },
    ]);
    expect(server.app.postOffice.status()).toMatchObject({
      hasServer: true,
      from: 'workshop@reglab.example',
      trouble: { since: new Date(server.clock.now()).toISOString() },
    });
    await mail.start();
    await round();
    expect(mail.received, 'it rests first').toEqual([]);
    server.clock.advance(minute);
    await round();
    expect(mail.received.map(({ to }) => to).toSorted()).toEqual([
      'karin.ek@example.org',
      'oscar.lind@example.org',
    ]);
    expect(server.app.postOffice.status().trouble).toBeNull();
  });
});

describe('a mail server that wants no letters from us', () => {
  it('is trouble of the installation, not of each letter', async () => {
    await mail.stop();
    mail = await testMailServer({
      onMailFrom: (_address, _session, callback) =>
        callback(Object.assign(new Error('sender rejected'), { responseCode: 550 })),
    });
    server = await testServer({ config: { mailServer: mail.settings, url: 'https://verkstad.example' } });
    cast = await aCast(server.store);
    await write(cast.attendees.karin);
    await round();
    expect(row()).toMatchObject({ state: 'waiting', attempts: 0 });
    expect(server.app.postOffice.status().trouble?.says).toContain('sender rejected');
  });
});

it('without a mail server letters wait, and nothing is tried', async () => {
  server = await testServer();
  cast = await aCast(server.store);
  await write(cast.attendees.karin);
  await round();
  expect(row()).toMatchObject({ state: 'waiting', attempts: 0 });
  expect(server.app.postOffice.status()).toEqual({ hasServer: false, from: null, trouble: null });
});
