import { apiClient } from '../support/api-client.ts';
import type { Programme } from '../../shared/overview/contract.ts';

/** What an organiser does to a programme that people already have in their calendars. */
export interface Story {
  /** Does the next thing and answers with what it was; null at the end. */
  next(): Promise<string | null>;
}

const title = 'Så här gör vi: länsöverskridande kollektivtrafik \\ buss & näringsliv; "på riktigt" 👩🏽‍🔬🧑‍🤝‍🧑';

/**
 * Spreads the passes over the night to summer time, with a workshop of its own in the first, which then gets another room, another
 * time, and is cancelled.
 */
export async function storyOf(url: string, slug: string, send: Organiser): Promise<Story> {
  const add = async (kind: string, body: object) => (await send<{ id: string }>('POST', `/${kind}`, body)).id;
  const { passes } = (await apiClient(url).get<Programme>(`/api/conferences/${slug}/programme`)).body;
  const first = passes[0]!.id;
  let rooms: string[] = [];
  let session = '';

  const steps: readonly (readonly [string, () => Promise<unknown>])[] = [
    [
      'published over the night to summer time',
      async () => {
        for (const [i, pass] of passes.entries())
          // oxlint-disable-next-line no-await-in-loop -- one after another, as a person does
          await send('PATCH', `/passes/${pass.id}`, {
            startsAt: `2027-03-${27 + i}T09:30`,
            endsAt: `2027-03-${27 + i}T10:15`,
          });
        rooms = [
          await add('rooms', { name: 'Kalendersal A; plan 1, hus B', capacity: 30 }),
          await add('rooms', { name: 'Kalendersal Ö', capacity: 30 }),
        ];
        const workshopId = await add('workshops', { code: 'X1', title, summary: 'Åäö. '.repeat(40) });
        session = await add('sessions', { workshopId, passId: first, roomId: rooms[0] });
      },
    ],
    ['another room', () => send('PATCH', `/sessions/${session}`, { roomId: rooms[1] })],
    [
      'another time',
      () => send('PATCH', `/passes/${first}`, { startsAt: '2027-03-28T01:30', endsAt: '2027-03-28T03:30' }),
    ],
    ['cancelled', () => send('DELETE', `/sessions/${session}`)],
  ];
  let done = 0;
  return {
    async next() {
      const step = steps[done++];
      if (!step) return null;
      await step[1]();
      return step[0];
    },
  };
}

/** What an organiser who has signed in sends to a conference: `('PATCH', '/rooms/x', {…})`. */
export type Organiser = <T>(method: string, path: string, body?: object) => Promise<T>;

export async function signedIn(url: string, slug: string, signInLink: string): Promise<Organiser> {
  const headers = { 'content-type': 'application/json', 'sec-fetch-site': 'same-origin' };
  const answer = await fetch(`${url}/api/session/organiser`, {
    method: 'POST',
    headers,
    body: JSON.stringify({ token: signInLink.split('/').at(-1) }),
  });
  if (!answer.ok) throw new Error(await answer.text());
  const cookie = answer.headers
    .getSetCookie()
    .map((set) => set.split(';', 1)[0])
    .join('; ');
  return async <T>(method: string, path: string, body?: object) => {
    const sent = await fetch(`${url}/api/conferences/${slug}${path}`, {
      method,
      headers: body ? { cookie, ...headers } : { cookie, 'sec-fetch-site': 'same-origin' },
      body: body && JSON.stringify(body),
    });
    const text = await sent.text();
    if (!sent.ok) throw new Error(`${method} ${path}: ${text}`);
    return JSON.parse(text) as T;
  };
}
