import type { PublicPage } from '../../shared/overview/public-page.ts';
import type { PassDay } from '../registration/day.ts';
import { anchorOf } from './public-model.ts';

const asPlanned = {
  eventStatus: 'https://schema.org/EventScheduled',
  eventAttendanceMode: 'https://schema.org/OfflineEventAttendanceMode',
};

/** schema.org's description of the conference and its sessions, for those who index it. */
export function structuredDataOf(
  { conference, programme, url }: PublicPage,
  passes: readonly PassDay[],
  description: string,
): object {
  const address = `${url}/c/${conference.slug}`;
  const local = localTimes(conference.timeZone);
  const organizer = { '@type': 'Organization', name: conference.host.name };
  const instants = [...programme.passes, ...programme.plenaries]
    .flatMap((item) => [item.startsAt, item.endsAt])
    .sort();
  const [first, last] = [instants[0], instants.at(-1)];
  return {
    '@context': 'https://schema.org',
    '@type': 'Event',
    '@id': address,
    name: conference.name,
    description,
    url: address,
    inLanguage: conference.language,
    organizer,
    ...asPlanned,
    ...(first !== undefined && last !== undefined && { startDate: local(first), endDate: local(last) }),
    subEvent: passes.flatMap((pass) =>
      pass.choices.map((choice) => {
        const { workshop, room, seats } = choice;
        return {
          '@type': 'EducationEvent',
          name: `${workshop.code} ${workshop.title}`,
          ...(workshop.summary && { description: workshop.summary }),
          url: `${address}#${encodeURIComponent(anchorOf(passes, choice))}`,
          inLanguage: workshop.language,
          startDate: local(pass.startsAt),
          endDate: local(pass.endsAt),
          ...asPlanned,
          location: { '@type': 'Place', name: room },
          maximumAttendeeCapacity: seats,
          organizer,
          ...(workshop.topics.length > 0 && { about: workshop.topics }),
          performer: workshop.presenters.map((presenter) => ({
            '@type': 'Person',
            name: presenter.name,
            ...(presenter.affiliation && {
              affiliation: { '@type': 'Organization', name: presenter.affiliation },
            }),
          })),
        };
      }),
    ),
  };
}

/** Times with the offset that the zone has then, as search engines ask: 2026-12-12T09:30:00+01:00. */
function localTimes(timeZone: string): (instant: string) => string {
  const clock = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' });
  const zone = new Intl.DateTimeFormat('en', { timeZone, timeZoneName: 'longOffset' });
  return (instant) => {
    const date = new Date(instant);
    const name = zone.formatToParts(date).find(({ type }) => type === 'timeZoneName')!.value;
    return `${clock.format(date).replace(' ', 'T')}${name.replace('GMT', '') || '+00:00'}`;
  };
}
