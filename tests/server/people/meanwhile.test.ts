import { once } from 'node:events';
import { connect } from 'node:net';
import { beforeEach, describe, expect, it } from 'vitest';
import { renewPersonalLink } from '../../../server/people/attendee-commands.ts';
import { eraseAttendee } from '../../../server/overview/erasure-commands.ts';
import type { Change } from '../../../server/core/change.ts';
import { attendees } from '../../../server/people/tables.ts';
import { aCast, asAttendee, type Cast, cookieOf, operator, tokenOf } from '../../support/cast.ts';
import { listeningServer } from '../../support/server.ts';

let server: Awaited<ReturnType<typeof listeningServer>>;
let cast: Cast;

beforeEach(async () => {
  server = await listeningServer();
  cast = await aCast(server.store);
});

/** Chooses a language over a slow line: while the last of it is on its way, something happens. */
async function chooseSlowly(headers: Record<string, string>, meanwhile: (change: Change) => void) {
  const body = '{"language":"en"}';
  const head = [
    `PUT /api/conferences/${cast.slug}/me/language HTTP/1.1`,
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
    'Host: x',
    'Sec-Fetch-Site: same-origin',
    'Content-Type: application/json',
    `Content-Length: ${body.length}`,
  ];
  const socket = connect(server.port, '127.0.0.1');
  socket.write(`${head.join('\r\n')}\r\n\r\n${body.slice(0, 5)}`);
  await once(server.app.server, 'request');
  await server.store.write(operator, meanwhile);
  socket.write(body.slice(5));
  const [answer] = (await once(socket, 'data')) as [Buffer];
  socket.destroy();
  const [, status] = answer.toString().split(' ');
  return { status, code: /"code":"([^"]+)"/u.exec(answer.toString())?.[1] };
}

const languages = () => server.store.db.select({ language: attendees.language }).from(attendees).all();

async function signedIn(): Promise<Record<string, string>> {
  const answer = await server.app.inject({
    method: 'POST',
    url: '/api/session/attendee',
    payload: { token: tokenOf(server.store, cast, cast.attendees.karin) },
  });
  return { cookie: cookieOf(answer) };
}

describe('whose request arrives slowly', () => {
  it('and is still who they were, may do what they asked', async () => {
    const byLink = await chooseSlowly(asAttendee(server, cast, cast.attendees.karin), () => {});
    expect(byLink).toEqual({ status: '200', code: undefined });
    expect((await chooseSlowly(await signedIn(), () => {})).status).toBe('200');
    expect(languages()).toContainEqual({ language: 'en' });
  });

  it.each([
    [
      'has another link by then',
      (change: Change) => void renewPersonalLink(change, cast.conferenceId, cast.attendees.karin.id),
    ],
    [
      'is erased by then',
      (change: Change) => void eraseAttendee(change, cast.conferenceId, cast.attendees.karin.id),
    ],
  ])('and %s, may not', async (_, meanwhile) => {
    const { karin } = cast.attendees;
    expect(await chooseSlowly(asAttendee(server, cast, karin), meanwhile)).toEqual({
      status: '404',
      code: 'link-unknown',
    });
    expect(languages()).not.toContainEqual({ language: 'en' });
  });

  it.each([
    [
      'whose session has ended by then',
      (change: Change) => void renewPersonalLink(change, cast.conferenceId, cast.attendees.karin.id),
    ],
    [
      'who is erased by then',
      (change: Change) => void eraseAttendee(change, cast.conferenceId, cast.attendees.karin.id),
    ],
  ])('and %s, may not', async (_, meanwhile) => {
    expect(await chooseSlowly(await signedIn(), meanwhile)).toEqual({ status: '401', code: 'not-signed-in' });
    expect(languages()).not.toContainEqual({ language: 'en' });
  });
});
