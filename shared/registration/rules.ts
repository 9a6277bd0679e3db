import type { Openings } from '../conference/rules.ts';
import { picksAreOpen, wishesAreOpen } from '../conference/rules.ts';
import type { Refusal } from '../core/refusal.ts';
import {
  cannotThen,
  changedElsewhere,
  enoughPicks,
  full,
  notMovedAfter,
  presentsThen,
  sameWorkshop,
  tooOften,
  unknownWorkshop,
  windowClosed,
  wishedTwice,
  wrongPass,
} from './refusals.ts';

/** What keeps a person from a session whatever its seats and windows: presenting, absence, having it already, having enough. */
export interface HoldFacts {
  readonly conference: { readonly picksPerAttendee: number };
  readonly pass: { readonly id: string; readonly name: string };
  readonly session: { readonly workshop: string; readonly workshopCode: string };
  /** What the attendee holds now, in every pass. */
  readonly held: readonly {
    readonly pass: string;
    readonly passName: string;
    readonly session: string;
    readonly workshop: string;
  }[];
  /** The workshop that the attendee presents in this pass, if any. */
  readonly presents: string | null;
  readonly cannotCome: boolean;
}

/** Every fact a pick is judged by; the caller has read them in one moment. */
export interface PickFacts extends HoldFacts {
  readonly now: number;
  readonly conference: Openings & { readonly picksPerAttendee: number };
  readonly session: {
    readonly id: string;
    readonly pass: string;
    readonly workshop: string;
    readonly workshopCode: string;
    readonly seats: number;
    readonly taken: number;
    readonly waiting: number;
  };
  /** The session that the client believed it held in this pass; undefined: it does not say. */
  readonly from?: string | null | undefined;
  /** Until when the attendee may not take this session again, having left it often; null or undefined: they may. */
  readonly restsUntil?: number | null | undefined;
}

/** Why the attendee may not have this seat, all reasons but that it is full; null means they may, if there is one. */
export function whyNotWant(facts: PickFacts): Refusal | null {
  const { conference, pass, session, held } = facts;
  if (!picksAreOpen(conference, facts.now)) return closedNow(conference, 'picks');
  if (session.pass !== pass.id) return wrongPass();
  const here = held.find((pick) => pick.pass === pass.id);
  if (facts.from !== undefined && facts.from !== (here?.session ?? null)) return changedElsewhere();
  return whyNotHold(facts);
}

/**
 * Why the attendee could not hold this session, or null. The waitlist asks it of whoever is next: the window is the time for
 * choosing, and whoever waits has chosen.
 */
export function whyNotHold(facts: HoldFacts): Refusal | null {
  const { conference, pass, session, held } = facts;
  if (facts.presents !== null) return presentsThen({ workshop: facts.presents, pass: pass.name });
  if (facts.cannotCome) return cannotThen({ pass: pass.name });
  const twin = held.find((pick) => pick.workshop === session.workshop && pick.pass !== pass.id);
  if (twin) return sameWorkshop({ workshop: session.workshopCode, pass: twin.passName });
  const here = held.some((pick) => pick.pass === pass.id);
  const limit = conference.picksPerAttendee;
  return !here && held.length >= limit ? enoughPicks({ limit }) : null;
}

/** Why the attendee may not take this seat now, or null. A seat already held is never full. */
export function whyNotPick(facts: PickFacts): Refusal | null {
  const no = whyNotWant(facts);
  if (no) return no;
  const { session } = facts;
  const holdsIt = facts.held.some((pick) => pick.session === session.id);
  if (!holdsIt && session.taken >= session.seats) {
    return full({ workshop: session.workshopCode, waiting: session.waiting });
  }
  const until = facts.restsUntil ?? null;
  if (!holdsIt && until !== null && facts.now < until)
    return tooOften({ workshop: session.workshopCode, until, timeZone: facts.conference.timeZone });
  return null;
}

/** Seats are taken and released again as often as anyone likes, but for this: it keeps robots from holding seats for others. */
export const restRule = { departures: 4, milliseconds: 600_000 } as const;

/** What an attendee said about being moved by a queue: from when on the day of the pass they will not be. */
export interface MoveLimit {
  /** As they said it, `08:30`. */
  readonly time: string;
  readonly from: number;
}

/** Why a queue may not move the attendee into the session now, though a seat is free; null: it may. */
export function whyNotMoveUp(facts: HoldFacts, limit: MoveLimit | null, now: number): Refusal | null {
  if (limit !== null && now >= limit.from) return notMovedAfter({ time: limit.time });
  return whyNotHold(facts);
}

/** Why a seat may not be released now, or null. */
export function whyNotRelease(conference: Openings, now: number): Refusal | null {
  return picksAreOpen(conference, now) ? null : closedNow(conference, 'picks');
}

/** Why a ballot may not be cast, or null. `codes` are the programme's. */
export function whyNotWish(facts: {
  readonly now: number;
  readonly conference: Openings;
  readonly wishes: readonly string[];
  readonly codes: ReadonlySet<string>;
}): Refusal | null {
  if (!wishesAreOpen(facts.conference, facts.now)) return closedNow(facts.conference, 'wishes');
  const unknown = facts.wishes.find((code) => !facts.codes.has(code));
  if (unknown !== undefined) return unknownWorkshop({ code: unknown });
  const twice = facts.wishes.find((code, i) => facts.wishes.indexOf(code) !== i);
  return twice === undefined ? null : wishedTwice({ code: twice });
}

function closedNow(conference: Openings, window: 'picks' | 'wishes'): Refusal {
  return windowClosed({ window, ...conference[window], timeZone: conference.timeZone });
}
