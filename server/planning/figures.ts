import { changesOf, figuresOf } from '../../shared/planning/figures.ts';
import type { Instance } from '../../shared/planning/instance.ts';
import type { PlanDraft } from '../../shared/planning/plan.ts';
import { standingsOf } from '../../shared/planning/standings.ts';
import { mostWorstServed } from '../../shared/planning/rules.ts';
import type { PlanFigures } from '../../shared/planning/vocabulary.ts';
import type { PlanningFacts } from './facts-queries.ts';
import type { StoredSession } from './tables.ts';

/** A plan as it is kept: its timetable with seats and takers, and what people understand of it. */
export function describePlan(
  facts: PlanningFacts,
  instance: Instance,
  draft: PlanDraft,
): { sessions: StoredSession[]; figures: PlanFigures } {
  const against = { ...instance, previous: { sessions: facts.sessions, allocation: facts.held } };
  const view = standingsOf(against, draft);
  const figures = figuresOf(against, draft);
  const changed = changesOf(view);
  const names = new Map(facts.attendees.map(({ id, name }) => [id, name]));
  const codes = new Map(facts.workshops.map(({ id, code }) => [id, code]));

  const firstWishes = tally(facts.attendees.flatMap(({ wishes }) => wishes.slice(0, 1)));
  const allWishes = tally(facts.attendees.flatMap(({ wishes }) => wishes));

  const longest = Math.max(
    facts.advisedWishes,
    ...new Set(facts.attendees.map(({ wishes }) => wishes.length)),
  );
  const profile = Array.from({ length: longest + 1 }, () => 0);
  // How far a plan meets wishes is a question about those who cast some.
  const cast = new Set(facts.attendees.flatMap(({ id, wishes }) => (wishes.length > 0 ? [id] : [])));
  const wishing = view.standings.filter(({ attendee }) => cast.has(attendee.id));
  const worstRegret = wishing.reduce((most, { regret }) => Math.max(most, regret), 0);
  for (const { ranks, attendee } of wishing) {
    for (const rank of ranks) profile[rank < attendee.unlisted ? rank - 1 : longest]!++;
  }
  const worst = wishing.filter(({ regret }) => worstRegret > 0 && regret === worstRegret);
  return {
    sessions: [...view.running.values()].map(({ workshop, pass, room, seats, taken }) => ({
      workshop: workshop.id,
      code: codes.get(workshop.id)!,
      pass,
      room: room.id,
      seats,
      taken,
      first: firstWishes.get(workshop.id) ?? 0,
      wished: allWishes.get(workshop.id) ?? 0,
    })),
    figures: {
      attendees: wishing.length,
      seats: figures.seats,
      profile,
      firstWish: wishing.filter(({ firsts }) => firsts > 0).length,
      allTopPicks: wishing.filter(({ top }) => top).length,
      worstRegret,
      worstServed: worst.slice(0, mostWorstServed).map(({ attendee, ranks }) => ({
        name: names.get(attendee.id)!,
        ranks: ranks.map((rank) => (rank < attendee.unlisted ? rank : null)),
      })),
      fillMin: figures.fillMin,
      fillMax: figures.fillMax,
      movedAttendees: changed?.attendees.length ?? 0,
      movedSessions: changed?.sessions ?? 0,
    },
  };
}

function tally(ids: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const id of ids) counts.set(id, (counts.get(id) ?? 0) + 1);
  return counts;
}

/** Puts names where a sentence of the solver has ids. */
export function withNames(facts: PlanningFacts, text: string): string {
  const names = new Map<string, string>([
    ...facts.presenterNames,
    ...facts.attendees.map(({ id, name }) => [id, name] as const),
    ...facts.workshops.map(({ id, code }) => [id, code] as const),
    ...facts.rooms.map(({ id, name }) => [id, name] as const),
    ...facts.passes.map(({ id, name }) => [id, name] as const),
  ]);
  return text.replaceAll(/[0-9a-z]{14}/gu, (word) => names.get(word) ?? word);
}
