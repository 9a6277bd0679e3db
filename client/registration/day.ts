import type { Openings } from '../../shared/conference/rules.ts';
import type { Refusal } from '../../shared/core/refusal.ts';
import { type PickFacts, whyNotWant } from '../../shared/registration/rules.ts';
import type { Pick as Seat, Waiting } from '../../shared/registration/vocabulary.ts';
import type { PassColour } from '../ui/pass-colour.ts';

/** What an attendee reads about a workshop before choosing it. */
export interface WorkshopCard {
  readonly id: string;
  readonly code: string;
  readonly title: string;
  readonly summary: string;
  readonly language: 'sv' | 'en';
  readonly presenters: readonly { readonly name: string; readonly affiliation: string }[];
  readonly organisations: readonly string[];
  readonly topics: readonly string[];
}

/** One session that can be chosen in a pass. */
export interface Choice {
  readonly session: string;
  readonly workshop: WorkshopCard;
  readonly room: string;
  readonly seats: number;
  readonly taken: number;
  /** Its place among my wishes, from 1. */
  readonly rank: number | null;
}

/** A pass of my day, with what can be chosen in it: my wishes first, then by code. */
export interface PassDay {
  readonly id: string;
  readonly name: string;
  readonly startsAt: string;
  readonly endsAt: string;
  readonly colour: PassColour;
  readonly choices: readonly Choice[];
  /** The workshop I give in this pass, by code. */
  readonly presents: string | null;
  readonly cannotCome: boolean;
}

/** What I hold and wait for. */
export interface Held {
  readonly picks: readonly Seat[];
  readonly waitlist: readonly Waiting[];
}

export interface Day {
  readonly conference: Openings & { readonly picksPerAttendee: number };
  readonly passes: readonly PassDay[];
}

export function seatsLeft(choice: Pick<Choice, 'seats' | 'taken'>): number {
  return Math.max(0, choice.seats - choice.taken);
}

export function heldIn(held: Held, pass: string): string | null {
  return held.picks.find((pick) => pick.pass === pass)?.session ?? null;
}

/** Why I may not have this session, all reasons but that it is full: the server's own rule, asked with what the page knows. */
export function whyNotHere(day: Day, held: Held, pass: PassDay, choice: Choice, now: number): Refusal | null {
  return whyNotWant(factsOf(day, held, pass, choice, now));
}

function factsOf(day: Day, held: Held, pass: PassDay, choice: Choice, now: number): PickFacts {
  return {
    now,
    conference: day.conference,
    pass: { id: pass.id, name: pass.name },
    session: {
      id: choice.session,
      pass: pass.id,
      workshop: choice.workshop.id,
      workshopCode: choice.workshop.code,
      seats: choice.seats,
      taken: choice.taken,
      waiting: 0,
    },
    held: held.picks.flatMap((pick) => {
      const where = day.passes.find((p) => p.id === pick.pass);
      const what = where?.choices.find((c) => c.session === pick.session);
      return where && what
        ? [{ pass: where.id, passName: where.name, session: pick.session, workshop: what.workshop.id }]
        : [];
    }),
    presents: pass.presents,
    cannotCome: pass.cannotCome,
  };
}

/**
 * What to offer in a pass where a seat was just lost: the most wished with seats left that may be taken, else the one with
 * most seats left. Null where there is none.
 */
export function nextBest(day: Day, held: Held, pass: PassDay, lost: string, now: number): Choice | null {
  const mine = heldIn(held, pass.id);
  const open = pass.choices.filter(
    (choice) =>
      choice.session !== lost &&
      choice.session !== mine &&
      seatsLeft(choice) > 0 &&
      whyNotHere(day, held, pass, choice, now) === null,
  );
  const order = (choice: Choice): [number, number] => [choice.rank ?? Infinity, -seatsLeft(choice)];
  return (
    [...open].sort((a, b) => {
      const [rankA, seatsA] = order(a);
      const [rankB, seatsB] = order(b);
      return rankA === rankB ? seatsA - seatsB : rankA - rankB;
    })[0] ?? null
  );
}

/** Whether I have as many seats as I may: the other passes are to read until I leave one. */
export function hasEnough(day: Day, held: Held): boolean {
  return held.picks.length >= day.conference.picksPerAttendee;
}

/** How many of the seats I may have are chosen: `two of three`. Passes in which I present or cannot come do not count. */
export function progressOf(day: Day, held: Held): { readonly chosen: number; readonly wanted: number } {
  const free = day.passes.filter(
    (pass) => pass.presents === null && !pass.cannotCome && pass.choices.length > 0,
  );
  return { chosen: held.picks.length, wanted: Math.min(day.conference.picksPerAttendee, free.length) };
}
