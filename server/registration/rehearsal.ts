import { eq } from 'drizzle-orm';
import { rmSync } from 'node:fs';
import { Agent } from 'node:http';
import { setTimeout as after } from 'node:timers/promises';
import { takeSeat } from '../../shared/registration/contract.ts';
import type { Instant } from '../../shared/core/time.ts';
import type { ConferenceRow } from '../conference/queries.ts';
import { callThrough, listenPrivately } from '../core/control.ts';
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
  const path = store.folder.self;
  const { people, places } = castOf(store.db, conference.id);
  if (people.length === 0 || places.length === 0) return 0;
  const server = await listenPrivately(app, path, (socket) => app.rehearsals.set(socket, at));
  if (server === null) return 0;

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

  async function standBack(): Promise<void> {
    const { commands } = store.work();
    if (commands !== written) quietFrom = performance.now() + quietMilliseconds;
    if (opensLater) written = commands;
    const wait = quietFrom - performance.now();
    if (wait > 0) await after(wait);
  }

  async function visit(turn: number): Promise<void> {
    const person = people[turn % people.length]!;
    const headers = { authorization: `Bearer ${personalToken(store, person)}`, 'idempotency-key': newId() };
    for (const { passId, sessionIds } of places) {
      if (isOver()) return;
      // oxlint-disable-next-line no-await-in-loop -- one after another, as a person does
      await standBack();
      if (isOver()) return;
      const body = { sessionId: sessionIds[turn % sessionIds.length] };
      const picks = takeSeat.path.replace(':slug', conference.slug).replace(':passId', passId);
      // oxlint-disable-next-line no-await-in-loop
      const { status } = await callThrough(path, {
        method: takeSeat.method,
        path: picks,
        body,
        headers,
        agent,
      });
      if (status < 500) practised++;
      // oxlint-disable-next-line no-await-in-loop
      else await after(pauseMilliseconds);
    }
  }

  async function visitors(): Promise<void> {
    // oxlint-disable-next-line no-await-in-loop
    while (!isOver()) await visit(next++);
  }

  try {
    // One goes ahead until the second writer is there.
    // oxlint-disable-next-line no-await-in-loop
    while (!isOver() && practised === 0) await visit(next++);
    await Promise.all(Array.from({ length: connections }, visitors));
  } finally {
    closed = true;
    agent.destroy();
    server.close();
    rmSync(path, { force: true });
  }
  return practised;
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
