import type { Random } from '../shared/core/random.ts';
import { inventedPeople } from './names.ts';
import { inventedWorkshop } from './invented-workshops.ts';
import { realWorkshops, type SeedPresenter, type SeedWorkshop } from './real-programme.ts';
import { regions } from './utsikt-ar-insikt.ts';

/** Somebody who comes to the conference. */
export interface SeedAttendee {
  readonly name: string;
  readonly mail: string | null;
  readonly organisation: string;
}

/** Everybody and everything that a conference is made of, before anyone has wished or chosen. */
export interface Cast {
  readonly workshops: readonly SeedWorkshop[];
  readonly organisations: readonly string[];
  /** In the order that links are written in: first the one whose link is printed, last the presenter who attends. */
  readonly attendees: readonly SeedAttendee[];
  /** The presenter who is the last attendee. A real name, so without a mail address. */
  readonly presenting: SeedPresenter & { readonly workshop: string };
}

/** Draws a cast: the real workshops and as many invented ones as are asked for, and invented attendees of the member organisations. */
export function drawCast(sizes: { attendees: number; workshops: number }, random: Random): Cast {
  const real = realWorkshops().slice(0, sizes.workshops);
  const organisations = [...new Set([...regions, ...real.flatMap((workshop) => workshop.organisations)])];
  const realNames = new Set(realWorkshops().flatMap(({ presenters }) => presenters.map(({ name }) => name)));
  const extra = Math.max(0, sizes.workshops - real.length);
  const people = inventedPeople(sizes.attendees + extra, (name) => realNames.has(name));
  const invented = people
    .slice(sizes.attendees)
    .map(({ name }, i) => inventedWorkshop(real.length + 1 + i, name, regions));

  const first = real[0];
  const presenter = first?.presenters.at(-1);
  if (!first || !presenter) throw new RangeError('a conference has at least one workshop');
  // Alone, the one attendee is the one whose link is printed.
  const last = sizes.attendees > 1 ? sizes.attendees - 1 : undefined;
  const attendees = people.slice(0, sizes.attendees).map((person, i): SeedAttendee => ({
    ...(i === last ? { name: presenter.name, mail: null } : person),
    organisation: i === last ? first.organisations[0]! : drawOrganisation(organisations, random),
  }));
  return {
    workshops: [...real, ...invented],
    organisations,
    attendees,
    presenting: { ...presenter, workshop: first.code },
  };
}

/** The regions send most people. */
function drawOrganisation(organisations: readonly string[], random: Random): string {
  return random.pick(random.next() < 0.75 ? regions : organisations);
}
