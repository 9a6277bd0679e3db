import type { PublicPage } from '../../shared/overview/public-page.ts';
import type { Choice, PassDay, WorkshopCard } from '../registration/day.ts';
import { byCode, dayOf, type DayStretch, stretchesOf } from './my-day-model.ts';

/** The public programme as it is read: days of passes in time order, and the workshops that have no time yet. */
export interface PublicDay {
  readonly passes: readonly PassDay[];
  readonly days: readonly DayStretch[];
  readonly unplaced: readonly WorkshopCard[];
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

/** schema.org's description of the conference and its workshops, for those who index it. */
export function structuredDataOf(
  { conference, programme, url }: PublicPage,
  passes: readonly PassDay[],
): object {
  const address = `${url}/c/${conference.slug}`;
  const organizer = { '@type': 'Organization', name: conference.host.name };
  const instants = [...programme.passes, ...programme.plenaries]
    .flatMap((p) => [p.startsAt, p.endsAt])
    .sort();
  const subEvent = passes.flatMap((pass) =>
    pass.choices.map(({ workshop, room }: Choice) => ({
      '@type': 'EducationEvent',
      name: `${workshop.code} ${workshop.title}`,
      description: workshop.summary,
      inLanguage: workshop.language,
      startDate: pass.startsAt,
      endDate: pass.endsAt,
      location: { '@type': 'Place', name: room },
      performer: workshop.presenters.map((presenter) => ({
        '@type': 'Person',
        name: presenter.name,
        ...(presenter.affiliation && {
          affiliation: { '@type': 'Organization', name: presenter.affiliation },
        }),
      })),
    })),
  );
  return {
    '@context': 'https://schema.org',
    '@type': 'Event',
    name: conference.name,
    description: conference.tagline,
    url: address,
    inLanguage: conference.language,
    organizer,
    ...(instants.length > 0 && { startDate: instants[0], endDate: instants.at(-1) }),
    subEvent,
  };
}
