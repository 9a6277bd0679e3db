import type { ConferenceRules } from '../shared/conference/vocabulary.ts';
import type { Feature } from '../shared/programme/features.ts';
import type { PlenaryKind } from '../shared/programme/vocabulary.ts';
import { realConference, realTalk } from './real-programme.ts';

/**
 * Utsikt är insikt as the demo gives it. From the printed sheet: the name, the host, fifteen workshops of about 45 minutes, three
 * passes in a morning, three picks each. The sheet's text has no times, rooms or seats, so these are ours: the clock times, the
 * breaks, that the talk opens the day, and five rooms named after Swedish lakes.
 */
const sheet = realConference();

export const host = { slug: 'reglab', name: sheet.organiser };
export const organiser = { name: 'Reglabs kansli', mail: 'kansli@example.org' };

export const conference = {
  slug: 'utsikt-ar-insikt',
  name: sheet.name,
  tagline: sheet.tagline,
  timeZone: 'Europe/Stockholm',
  language: 'sv',
} as const;

/** One pick a pass, as at Reglab's three; at least six wishes. */
export function rulesFor(passes: number): ConferenceRules {
  const picksPerAttendee = passes === sheet.passes ? sheet.picksPerAttendee : Math.min(passes, 20);
  return { picksPerAttendee, advisedWishes: Math.max(6, picksPerAttendee), presentersSeeNames: false };
}

/** Sweden's regions; with the workshops' organisations they are the host's members in the demo. */
export const regions = [
  'Region Stockholm',
  'Region Uppsala',
  'Region Sörmland',
  'Region Östergötland',
  'Region Jönköpings län',
  'Region Kronoberg',
  'Region Kalmar län',
  'Region Gotland',
  'Region Blekinge',
  'Region Skåne',
  'Region Halland',
  'Västra Götalandsregionen',
  'Region Värmland',
  'Region Örebro län',
  'Region Västmanland',
  'Region Dalarna',
  'Region Gävleborg',
  'Region Västernorrland',
  'Region Jämtland Härjedalen',
  'Region Västerbotten',
  'Region Norrbotten',
];

interface SeedRoom {
  readonly name: string;
  readonly capacity: number;
  readonly features: readonly Feature[];
}

const lakes = (
  'Vänern Vättern Mälaren Hjälmaren Siljan Storsjön Bolmen Hornavan Åsnen Roxen Sommen Ivösjön Runn Skagern Unden Yngaren ' +
  'Ringsjön Helgasjön Möckeln Fryken Torneträsk Orsasjön Glan Sottern Öresjön Lygnern Dellen Anten Båven Storuman'
).split(' ');

/** The rooms' shares of the seats of a pass, largest first; a long list goes round. */
const shares = [90, 75, 62, 52, 44];
const featuresOf: readonly (readonly Feature[])[] = [
  ['projector', 'hearing-loop', 'step-free', 'remote'],
  ['projector', 'hearing-loop', 'step-free'],
  ['projector', 'step-free', 'whiteboard'],
  ['projector', 'movable-chairs', 'whiteboard'],
  ['projector', 'step-free', 'movable-chairs'],
];

/** With this many attendees to a seat, a pass seats everybody and has a few seats to spare. */
const tightness = 0.93;

/** `count` rooms of which the `used` largest together seat `attendees` in one pass, with the spare seats of the day. */
export function roomsFor(attendees: number, count: number, used: number): SeedRoom[] {
  const seats = Math.ceil(attendees / tightness);
  const weights = Array.from({ length: count }, (_, i) => shares[i % shares.length]!).sort((a, b) => b - a);
  const total = weights.slice(0, used).reduce((sum, weight) => sum + weight, 0);
  const capacities = weights.map((weight) => Math.max(1, Math.floor((weight / total) * seats)));
  let short = seats - capacities.slice(0, used).reduce((sum, capacity) => sum + capacity, 0);
  for (let i = 0; short > 0; i = (i + 1) % used, short--) capacities[i]!++;
  return capacities.map((capacity, i) => {
    const turn = Math.floor(i / lakes.length);
    const lake = lakes[i % lakes.length]!;
    return {
      name: turn === 0 ? lake : `${lake} ${turn + 1}`,
      capacity,
      features: featuresOf[i % featuresOf.length]!,
    };
  });
}

/** A stretch of the clock on a day of the conference: `day` 0 is the first, times are HH:MM where it is held. */
export interface Stretch {
  readonly day: number;
  readonly starts: string;
  readonly ends: string;
}

interface SeedPlenary extends Stretch {
  readonly kind: PlenaryKind;
  readonly title: string;
  readonly summary: string;
  readonly place: string;
}

/** Three passes in the morning; more continue after lunch, three more, and then the next day. */
const starts = ['09:40', '10:45', '11:40', '13:30', '14:25', '15:30'] as const;

export function passesOf(count: number): (Stretch & { name: string })[] {
  return Array.from({ length: count }, (_, i) => {
    const from = starts[i % starts.length]!;
    return {
      name: `Pass ${i + 1}`,
      day: Math.floor(i / starts.length),
      starts: from,
      ends: later(from, sheet.workshopMinutes),
    };
  });
}

/** What is for everybody around `count` passes: coffee, the talk, breaks and lunch. */
export function plenariesOf(count: number): SeedPlenary[] {
  const talk = realTalk();
  const foyer = 'Foajén';
  const plain = { summary: '', place: foyer };
  const plenaries: SeedPlenary[] = [
    {
      ...plain,
      kind: 'gathering',
      title: 'Samling och kaffe',
      day: 0,
      starts: '08:30',
      ends: '09:00',
    },
    { kind: 'talk', ...talk, place: lakes[0]!, day: 0, starts: '09:00', ends: '09:30' },
  ];
  for (let day = 0; day * starts.length < count; day++) {
    const ofDay = Math.min(starts.length, count - day * starts.length);
    if (day > 0)
      plenaries.push({ ...plain, kind: 'gathering', title: 'Kaffe', day, starts: '09:00', ends: '09:30' });
    if (ofDay > 1)
      plenaries.push({ ...plain, kind: 'break', title: 'Fika', day, starts: '10:25', ends: '10:45' });
    if (ofDay > 2)
      plenaries.push({ ...plain, kind: 'meal', title: 'Lunch', day, starts: '12:25', ends: '13:25' });
    if (ofDay > 5)
      plenaries.push({ ...plain, kind: 'break', title: 'Fika', day, starts: '15:10', ends: '15:30' });
  }
  return plenaries;
}

function later(clock: string, minutes: number): string {
  const [hours, mins] = clock.split(':').map(Number);
  const total = hours! * 60 + mins! + minutes;
  return `${String(Math.floor(total / 60)).padStart(2, '0')}:${String(total % 60).padStart(2, '0')}`;
}
