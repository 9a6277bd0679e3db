import { inNameOrder } from '../../shared/core/name-order.ts';
import type { PublicPage } from '../../shared/overview/public-page.ts';
import type { Room } from '../../shared/programme/vocabulary.ts';
import type { Choice, PassDay, WorkshopCard } from '../registration/day.ts';
import { byCode, dayOf, type DayStretch, stretchesOf } from './my-day-model.ts';

/** The public programme as it is read: days of passes in time order, and the workshops that have no time yet. */
export interface PublicDay {
  readonly passes: readonly PassDay[];
  readonly days: readonly DayStretch[];
  readonly unplaced: readonly WorkshopCard[];
}

/** Where and when a workshop is given. */
export interface Place {
  readonly pass: PassDay;
  readonly choice: Choice;
}

const nobody = { wishes: [], presents: [], cannot: [] };

export function publicDayOf(
  { conference, programme }: PublicPage,
  dayKey: (instant: string) => string,
): PublicDay {
  const { passes } = dayOf(conference, programme, nobody);
  const placed = new Set(programme.sessions.map((session) => session.workshop));
  return {
    passes,
    days: stretchesOf(passes, programme.plenaries, dayKey),
    unplaced: programme.workshops.filter((workshop) => !placed.has(workshop.id)).sort(byCode),
  };
}

/** The name of a session's place in the page: its workshop's code, with a number from the second time on that it is given. */
export function anchorOf(passes: readonly PassDay[], { session, workshop }: Choice): string {
  const same = placesOf(passes, workshop.id);
  const time = same.findIndex(({ choice }) => choice.session === session);
  return time > 0 ? `${workshop.code}-${time + 1}` : workshop.code;
}

export function placesOf(passes: readonly PassDay[], workshopId: string): Place[] {
  return passes.flatMap((pass) =>
    pass.choices.filter((choice) => choice.workshop.id === workshopId).map((choice) => ({ pass, choice })),
  );
}

export interface RoomDay {
  readonly room: Pick<Room, 'id' | 'name' | 'capacity'>;
  /** One for each pass. */
  readonly passes: readonly { readonly pass: PassDay; readonly choice: Choice | null }[];
}

/** Rooms in which something is given, in the organiser's order. */
export function roomDaysOf({ programme }: PublicPage, passes: readonly PassDay[]): RoomDay[] {
  const roomOf = new Map(programme.sessions.map(({ id, room }) => [id, room]));
  return programme.rooms
    .map((room) => ({
      room,
      passes: passes.map((pass) => ({
        pass,
        choice: pass.choices.find(({ session }) => roomOf.get(session) === room.id) ?? null,
      })),
    }))
    .filter((day) => day.passes.some(({ choice }) => choice !== null));
}

export interface TopicDay {
  /** Null for the workshops that have no topic. */
  readonly topic: string | null;
  readonly workshops: readonly WorkshopCard[];
}

/** Topics in the order of the alphabet, each with its workshops; a workshop stands under all of its own. None where none has any. */
export function topicDaysOf({ programme }: PublicPage): TopicDay[] {
  const workshops = [...programme.workshops].sort(byCode);
  const topics = [...new Set(workshops.flatMap((workshop) => workshop.topics))].sort(inNameOrder);
  if (topics.length === 0) return [];
  const rest = workshops.filter((workshop) => workshop.topics.length === 0);
  return [
    ...topics.map((topic) => ({
      topic,
      workshops: workshops.filter((workshop) => workshop.topics.includes(topic)),
    })),
    ...(rest.length > 0 ? [{ topic: null, workshops: rest }] : []),
  ];
}
