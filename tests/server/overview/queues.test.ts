import { beforeEach, expect, it } from 'vitest';
import { takeSeat } from '../../../server/registration/picks-commands.ts';
import { type SmallConference, smallConference } from '../../support/registration/small-conference.ts';
import { testServer, type TestServer } from '../../support/server.ts';

let server: TestServer;
let small: SmallConference;

beforeEach(async () => {
  server = await testServer();
  small = await smallConference(server.store, {
    slug: 'liten',
    sessions: [
      ['W1', 'Pass 1', 1],
      ['W2', 'Pass 1', 5],
    ],
    attendees: ['Anna', 'Bo', 'Cia'],
  });
});

const choose = (person: string, waitlist = false) =>
  server.store.write({ kind: 'system' }, (change) =>
    takeSeat(change, { ...small.wanted(person, 'W1 Pass 1'), waitlist }),
  );

async function waiting(): Promise<Record<string, number>> {
  const { items } = (await server.app.inject({ url: '/api/conferences/liten/queues' })).json<{
    items: { session: string; waiting: number }[];
  }>();
  return Object.fromEntries(items.map((item) => [small.nameOf(item.session), item.waiting]));
}

it('says how many wait for a full session, and nothing of the others, at most some seconds late', async () => {
  await choose('Anna');
  expect(await waiting()).toEqual({});
  await choose('Bo', true);
  await choose('Cia', true);
  expect(await waiting()).toEqual({});
  server.clock.advance(3000);
  expect(await waiting()).toEqual({ 'W1 Pass 1': 2 });
});
