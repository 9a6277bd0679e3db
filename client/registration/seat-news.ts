import { type Choice, seatsLeft } from './day.ts';

/** What became of seats in a while: sessions that filled up and sessions that have seats again, by code. */
export interface SeatNews {
  readonly filled: readonly string[];
  readonly freed: readonly string[];
}

/** Seats as they were when they were last spoken of: how many are left, by session. */
export type SeatsHeard = ReadonlyMap<string, number>;

export function hear(choices: readonly Choice[]): SeatsHeard {
  return new Map(choices.map((choice) => [choice.session, seatsLeft(choice)]));
}

/** Only what changes what can be done is news: from some seats to none, and back. Null where nothing is. */
export function seatNews(before: SeatsHeard, choices: readonly Choice[]): SeatNews | null {
  const turned = (full: boolean): string[] =>
    choices
      .filter((choice) => {
        const known = before.get(choice.session);
        return known !== undefined && (known === 0) !== full && (seatsLeft(choice) === 0) === full;
      })
      .map((choice) => choice.workshop.code);
  const [filled, freed] = [turned(true), turned(false)];
  return filled.length + freed.length > 0 ? { filled, freed } : null;
}
