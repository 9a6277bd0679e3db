import type { Sentence } from '../core/language.ts';
import type { Instance } from './instance.ts';
import type { PlanDraft } from './plan.ts';
import { passesWanted, sessionKey, standingsOf } from './standings.ts';

/** Why a seat could not stay as it was. */
export type MoveCause =
  | 'newcomer'
  | 'gone'
  | 'not-given'
  | 'presents'
  | 'cannot-come'
  | 'fewer-seats'
  | 'other-seat'
  | 'makes-room';

/** Somebody whose seats a plan changes: seats by pass as they were and as they will be, workshops by id. */
export interface PersonMove {
  readonly attendee: string;
  readonly from: Readonly<Record<string, string>>;
  readonly to: Readonly<Record<string, string>>;
  /** Seat by seat, for those that differ. */
  readonly seats: readonly SeatMove[];
}

export interface SeatMove {
  readonly pass: string;
  readonly from: string | null;
  readonly to: string | null;
  readonly cause: MoveCause;
}

/** Exactly who holds other seats in a plan than in the previous one, and why; in the order of the instance. Empty without a previous plan. */
export function movesOf(instance: Instance, plan: PlanDraft): PersonMove[] {
  const { previous } = instance;
  if (!previous) return [];
  const view = standingsOf(instance, plan);
  const heldBefore = new Map<string, number>();
  for (const { attendee } of view.standings) {
    for (const [pass, workshop] of Object.entries(seatsOf(previous.allocation[attendee.id]))) {
      const key = sessionKey(workshop, pass);
      heldBefore.set(key, (heldBefore.get(key) ?? 0) + 1);
    }
  }
  return view.standings.flatMap(({ attendee, held, presents }) => {
    const from = seatsOf(previous.allocation[attendee.id]);
    const to = Object.fromEntries(held);
    const changed = instance.passes.map(({ id }) => id).filter((pass) => from[pass] !== to[pass]);
    if (changed.length === 0) return [];
    const wanted = passesWanted(instance, attendee);
    const lost = (pass: string, workshop: string): MoveCause | null => {
      const session = view.running.get(sessionKey(workshop, pass));
      if (presents.some((s) => s.pass === pass)) return 'presents';
      if (!wanted.includes(pass)) return 'cannot-come';
      if (!session) return 'not-given';
      return session.seats < (heldBefore.get(sessionKey(workshop, pass)) ?? 0) ? 'fewer-seats' : null;
    };
    const causes = changed.map((pass) => (from[pass] === undefined ? null : lost(pass, from[pass])));
    const forced = causes.some((cause) => cause !== null);
    const rest: MoveCause =
      Object.keys(from).length === 0 ? 'newcomer' : forced ? 'other-seat' : 'makes-room';
    const seats = changed.map((pass, i): SeatMove => ({
      pass,
      from: from[pass] ?? null,
      to: to[pass] ?? null,
      cause: causes[i] ?? (held.length === 0 ? 'gone' : rest),
    }));
    return [{ attendee: attendee.id, from, to, seats }];
  });
}

/** The cause as a sentence; names are those that people know. */
export function whyMoved(
  cause: MoveCause,
  { workshop, pass }: { readonly workshop: string; readonly pass: string },
): Sentence {
  switch (cause) {
    case 'newcomer':
      return { sv: 'Hade ingen plats förut.', en: 'Had no seat before.' };
    case 'gone':
      return { sv: 'Ska inte ha någon plats längre.', en: 'Is owed no seat any more.' };
    case 'not-given':
      return { sv: `${workshop} ges inte i ${pass}.`, en: `${workshop} is not given in ${pass}.` };
    case 'presents':
      return { sv: `Håller själv en workshop i ${pass}.`, en: `Gives a workshop in ${pass}.` };
    case 'cannot-come':
      return { sv: `Kan inte vara med i ${pass}.`, en: `Cannot come in ${pass}.` };
    case 'fewer-seats':
      return {
        sv: `${workshop} har färre platser i ${pass}.`,
        en: `${workshop} has fewer seats in ${pass}.`,
      };
    case 'other-seat':
      return { sv: 'Följer av den andra flytten.', en: 'Follows from the other move.' };
    case 'makes-room':
      return { sv: 'Gör plats för någon annan.', en: 'Makes room for somebody else.' };
  }
}

function seatsOf(seats: Readonly<Record<string, string | null>> | undefined): Record<string, string> {
  return Object.fromEntries(
    Object.entries(seats ?? {}).filter((seat): seat is [string, string] => seat[1] !== null),
  );
}
