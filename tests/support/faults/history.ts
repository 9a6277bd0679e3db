import type { Programme } from '../../../shared/overview/contract.ts';
import type { Me } from '../../../shared/registration/contract.ts';

export interface Person {
  readonly id: string;
  readonly token: string;
}

/** One choice of one person, and what became of it. */
export interface Deed {
  readonly who: string;
  readonly key: string;
  readonly pass: string;
  /** The session whose seat is asked for; null: the seat of the pass is released. */
  readonly wants: string | null;
  readonly queues: boolean;
  readonly sentAt: number;
  /** Null: no answer came, it may have been done or not. */
  answeredAt: number | null;
  status: number | null;
  /** The day that was answered. */
  day: Me | null;
  /** The last reason for which it was asked to come again. */
  refusedFor?: string;
}

export interface Kept {
  readonly before: ReadonlyMap<string, Me>;
  /** Each person's in the order in which they were sent; those of different people in any. */
  readonly deeds: readonly Deed[];
  readonly after: ReadonlyMap<string, Me>;
  readonly programme: Programme;
}

/**
 * What is wrong with what a server kept, judged by nothing but what its clients were answered: seats that were acknowledged and are
 * lost, seats nobody asked for, more people than seats, counts that are not the people's. A queue may have moved somebody into what
 * they waited for, even within the answer to another choice (the seat they left moved the one whose seat they wait for), and what was
 * not answered may have happened or not; all else must be as last acknowledged.
 */
export function whatWasBroken({ before, deeds, after, programme }: Kept): string[] {
  const broken: string[] = [];
  const workshopOf = new Map(programme.sessions.map(({ id, workshop }) => [id, workshop]));
  const seated = new Map<string, number>();
  const deedsOf = new Map<string, Deed[]>();
  for (const deed of deeds) deedsOf.set(deed.who, [...(deedsOf.get(deed.who) ?? []), deed]);
  for (const [who, day] of after) {
    for (const { session } of day.picks) seated.set(session, (seated.get(session) ?? 0) + 1);
    const workshops = day.picks.map(({ session }) => workshopOf.get(session));
    if (new Set(workshops).size < workshops.length) broken.push(`${who} has a workshop twice`);
    for (const { id: pass } of programme.passes) {
      const { had, waited } = possible(before.get(who)!, deedsOf.get(who) ?? [], pass);
      const has = seatIn(day, pass);
      const may = new Set([...had, ...waited]);
      if (!may.has(has))
        broken.push(`${who} has ${has} in ${pass}, and was answered ${[...may].join(' or ')}`);
    }
  }
  for (const [who, own] of deedsOf) {
    for (const [i, { wants, pass, day, queues }] of own.entries()) {
      if (day === null) continue;
      const got = seatIn(day, pass);
      if (got === wants) continue;
      const { had, waited } = possible(before.get(who)!, own.slice(0, i), pass);
      const queued = queues && wants !== null && waitsIn(day, pass).includes(wants);
      if (!waited.has(got) && !(queued && had.has(got)))
        broken.push(`${who} was answered another seat than ${wants}`);
    }
  }
  for (const { id, seats, taken } of programme.sessions) {
    const people = seated.get(id) ?? 0;
    if (people > seats) broken.push(`${id} has ${people} people on ${seats} seats`);
    if (people !== taken) broken.push(`${id} counts ${taken} taken and has ${people} people`);
  }
  return broken;
}

/** The seats of a pass that someone may have, and may wait for, by what they were answered last and what may have happened since. */
function possible(
  before: Me,
  deeds: readonly Deed[],
  pass: string,
): { had: Set<string | null>; waited: Set<string | null> } {
  let had = new Set([seatIn(before, pass)]);
  let waited = new Set<string | null>(waitsIn(before, pass));
  for (const { pass: asked, wants, day, status, queues } of deeds) {
    if (day !== null) {
      had = new Set([seatIn(day, pass)]);
      waited = new Set(waitsIn(day, pass));
    } else if (status === null && asked === pass) {
      had.add(wants);
      if (queues) waited.add(wants);
    }
  }
  return { had, waited };
}

function seatIn(day: Me, pass: string): string | null {
  return day.picks.find((pick) => pick.pass === pass)?.session ?? null;
}

function waitsIn(day: Me, pass: string): string[] {
  return day.waitlist.filter((waiting) => waiting.pass === pass).map(({ session }) => session);
}

/** The history as it was known at a moment: what was not answered by then may have happened or not. */
export function knownAt(deeds: readonly Deed[], moment: number): Deed[] {
  return deeds.map((deed) =>
    deed.answeredAt !== null && deed.answeredAt <= moment
      ? deed
      : { ...deed, answeredAt: null, status: null, day: null },
  );
}
