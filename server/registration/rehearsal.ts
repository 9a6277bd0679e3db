import { eq } from 'drizzle-orm';
import { rmSync } from 'node:fs';
import { Agent } from 'node:http';
import { setTimeout as after } from 'node:timers/promises';
import { getMe, takeSeat } from '../../shared/registration/contract.ts';
import type { Instant } from '../../shared/core/time.ts';
import { type ConferenceRow, conferenceById } from '../conference/queries.ts';
import { callThrough, listenPrivately, type Place, type PrivateCall } from '../core/control.ts';
import type { App } from '../core/http/app-type.ts';
import { newId } from '../core/ids.ts';
import type { Db } from '../core/statement.ts';
import { personalToken } from '../people/links.ts';
import { attendees } from '../people/tables.ts';
import { passes, sessions } from '../programme/tables.ts';

const connections = 50;
const mostPeople = 500;
const patienceMilliseconds = 15_000;
/** How long nobody has written before the rehearsal goes on. */
const quietMilliseconds = 300;
/** Between two attempts to find the second writer there. */
const pauseMilliseconds = 50;
/** How long before the opening the rehearsal is over. */
const restMilliseconds = 2000;
/** How long a call over the network may take: it goes no further than this machine. */
const networkMilliseconds = 500;
/** Of so many visitors one looks around first. No two of these numbers share a factor, so that every habit meets every other. */
const lookingAround = 5;
/** Of so many visitors one believes that they have a seat already, and is refused. */
const mistaken = 7;
/** Of so many visitors one chooses in all passes at once. */
const atOnce = 2;

type Headers = Readonly<Record<string, string>>;

/**
 * Every browser has headers and an order of its own. Code that has met requests of one form alone is compiled for that one, and once more
 * when the next comes: so the rehearsal brings several.
 */
const manners: readonly ((own: Headers) => Headers)[] = [
  (own) => own,
  (own) => Object.fromEntries(Object.entries(own).toReversed()),
  (own) => ({ 'user-agent': 'verkstad', accept: '*/*', ...own }),
  (own) => ({ 'accept-language': 'sv', ...own, accept: '*/*', 'user-agent': 'verkstad' }),
  (own) => ({ ...own, 'cache-control': 'no-cache', 'accept-language': 'en' }),
  (own) => ({ 'accept-encoding': 'gzip, br', ...own, accept: 'application/json' }),
];

/**
 * Practises an opening before it: picks of those who are coming, sent over connections of the server's own to itself, decided as if it
 * were `at`, answered and undone, each and all. What runs for the first time runs slowly, and would while everybody waits. It stands back while
 * others write, and ends as soon as anybody does once the opening is there. Answers with how many picks were practised.
 */
export async function rehearse(
  app: App,
  conference: ConferenceRow,
  { at, picks: enoughPicks }: { at: Instant; picks: number },
): Promise<number> {
  const { store, clock } = app;
  const socketPath = store.folder.self;
  const { people, places } = castOf(store.db, conference.id);
  // What is no time would be none in the other thread either, and a pick without one counts.
  if (people.length === 0 || places.length === 0 || !Number.isSafeInteger(at)) return 0;
  const server = await listenPrivately(app, socketPath, (socket) => app.rehearsals.set(socket, at));
  if (server === null) return 0;

  const self: Place = { socketPath };
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const startedAt = performance.now();
  let written = store.work().commands;
  let quietFrom = startedAt;
  const opensLater = at > clock.now();
  let practised = 0;
  let next = 0;
  let closed = false;
  const isOver = () =>
    closed ||
    practised >= enoughPicks ||
    app.readiness.state !== 'ready' ||
    (!opensLater && store.work().commands !== written) ||
    performance.now() - startedAt > patienceMilliseconds ||
    (opensLater && clock.now() > at - restMilliseconds);

  const nobodyServed = () => practised === 0;

  /** Whether the organiser has set another opening meanwhile: it is rehearsed at the next look. */
  function hasMoved(): boolean {
    const { stage, picksOpenAt } = conferenceById(store.db, conference.id);
    return stage !== conference.stage || picksOpenAt !== conference.picksOpenAt;
  }

  async function standBack(): Promise<void> {
    for (;;) {
      const { commands } = store.work();
      if (commands !== written) {
        quietFrom = performance.now() + quietMilliseconds;
        if (opensLater) written = commands;
        closed ||= hasMoved();
      }
      const wait = quietFrom - performance.now();
      if (wait <= 0 || isOver()) return;
      // oxlint-disable-next-line no-await-in-loop -- somebody may write meanwhile
      await after(wait);
    }
  }

  /** Requests of other kinds, and over the network as people come: what a pick has in common with them is compiled for both. */
  async function lookAround(authorization: string): Promise<void> {
    const door = networkDoorOf(app);
    const signal = AbortSignal.timeout(networkMilliseconds);
    if (door) await ask(door, { method: 'GET', path: '/healthz', signal });
    const day = getMe.path.replace(':slug', conference.slug);
    await ask(self, { method: getMe.method, path: day, headers: { authorization } });
    await ask(self, { method: 'GET', path: '/' });
  }

  /** The status; 0 where a wall stands before the server's own address, or the connection was lost. */
  async function ask(place: Place, call: Omit<PrivateCall, 'agent'>): Promise<number> {
    const answer = await callThrough(place, { ...call, agent }).catch(() => null);
    return answer?.status ?? 0;
  }

  async function visit(turn: number): Promise<void> {
    const person = people[turn % people.length]!;
    const authorization = `Bearer ${personalToken(store, person)}`;
    if (turn % lookingAround === 0) await lookAround(authorization);
    const asked = { turn, authorization };
    // Who chooses one after another finds all undone; of those who choose all at once, a later choice is decided beside the others.
    if (turn % atOnce === 0) await Promise.all(places.map((place) => pick(place, asked)));
    // oxlint-disable-next-line no-await-in-loop
    else for (const place of places) await pick(place, asked);
  }

  async function pick({ passId, sessionIds }: Choice, { turn, authorization }: Asked): Promise<void> {
    if (isOver()) return;
    await standBack();
    if (isOver()) return;
    const round = Math.floor(turn / atOnce);
    const sessionId = sessionIds[round % sessionIds.length]!;
    const body = turn % mistaken === 0 ? { sessionId, from: sessionId } : { sessionId };
    const headers = manners[round % manners.length]!({ authorization, 'idempotency-key': newId() });
    const path = takeSeat.path.replace(':slug', conference.slug).replace(':passId', passId);
    const status = await ask(self, { method: takeSeat.method, path, body, headers });
    if (status === 200 || status === 409) practised++;
    else await after(pauseMilliseconds);
  }

  async function visitors(): Promise<void> {
    // oxlint-disable-next-line no-await-in-loop
    while (!isOver()) await visit(next++);
  }

  try {
    // One goes ahead until the second writer is there.
    // oxlint-disable-next-line no-await-in-loop
    while (!isOver() && nobodyServed()) await visit(next++);
    await Promise.all(Array.from({ length: connections }, visitors));
  } finally {
    closed = true;
    agent.destroy();
    server.close();
    rmSync(socketPath, { force: true });
  }
  return practised;
}

/** Where people reach the server, as seen from this machine; null where it does not listen to the network. */
function networkDoorOf(app: App): Place | null {
  const address = app.server.address();
  if (address === null || typeof address === 'string') return null;
  const host = address.address.replace(/^0\.0\.0\.0$/u, '127.0.0.1').replace(/^::$/u, '::1');
  return { host, port: address.port };
}

interface Choice {
  readonly passId: string;
  readonly sessionIds: readonly string[];
}

interface Asked {
  readonly turn: number;
  readonly authorization: string;
}

/** Some who may choose, and what there is to choose in each pass. */
function castOf(db: Db, conferenceId: string) {
  const people = db
    .select({ id: attendees.id, conferenceId: attendees.conferenceId, linkVersion: attendees.linkVersion })
    .from(attendees)
    .where(eq(attendees.conferenceId, conferenceId))
    .limit(mostPeople)
    .all();
  const rows = db
    .select({ passId: passes.id, sessionId: sessions.id })
    .from(sessions)
    .innerJoin(passes, eq(passes.id, sessions.passId))
    .where(eq(sessions.conferenceId, conferenceId))
    .all();
  const byPass = new Map<string, string[]>();
  for (const { passId, sessionId } of rows) byPass.set(passId, [...(byPass.get(passId) ?? []), sessionId]);
  const places = [...byPass].map(([passId, sessionIds]) => ({ passId, sessionIds }));
  return { people, places };
}
