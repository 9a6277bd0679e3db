import type { Sentence } from '../core/language.ts';
import type { Facts } from './constraints.ts';
import type { Instance } from './instance.ts';
import type { Requirement } from './requirements.ts';

/** One requirement as part of a sentence. */
export function wordsOf(instance: Instance, { kind, about }: Requirement): Sentence {
  const first = about[0] ?? {};
  const workshops = [...new Set(about.map(({ workshop }) => workshop ?? ''))];
  const names = wordList(workshops);
  const people = peopleInWords(about);
  const workshop = instance.workshops.find(({ id }) => id === first.workshop);
  const numbers = (of: (w: Instance['workshops'][number]) => number): string => {
    const all = instance.workshops.filter(({ id }) => workshops.includes(id));
    const [least, most] = [Math.min(...all.map(of)), Math.max(...all.map(of))];
    if (least === most) return `${least}`;
    return all.length > 4 ? `${least}–${most}` : all.map((w) => `${w.id} ${of(w)}`).join(', ');
  };
  switch (kind) {
    case 'pin':
      return people.sv !== '' && about.length > 4 ? crowdPinnedInWords(about) : pinsInWords(about);
    case 'closed': {
      const rooms = placesInWords(about);
      return {
        sv: `${rooms.sv} är ${about.length > 1 ? 'stängda' : 'stängd'}`,
        en: `${rooms.en} ${about.length > 1 ? 'are' : 'is'} closed`,
      };
    }
    case 'absent': {
      const passes = wordList(unique(about.map(({ pass }) => pass)));
      return {
        sv: `${people.sv} kan inte komma i ${passes.sv}`,
        en: `${people.en} cannot come in ${passes.en}`,
      };
    }
    case 'wished':
      return {
        sv: `${people.sv} får bara plats i det som önskats`,
        en: `${people.en} may only have seats that were wished for`,
      };
    case 'passes': {
      const same = instance.workshops
        .filter(({ id }) => workshops.includes(id))
        .map((w) => w.passes.join('\n'));
      if (new Set(same).size > 1)
        return {
          sv: `${names.sv} får bara ges i vissa pass`,
          en: `${names.en} may only be given in some passes`,
        };
      const allowed = wordList(workshop?.passes ?? []);
      return workshop?.passes.length === 0
        ? { sv: `${names.sv} får inte ges i något pass`, en: `${names.en} may not be given in any pass` }
        : {
            sv: `${names.sv} får bara ges i ${allowed.sv}`,
            en: `${names.en} may only be given in ${allowed.en}`,
          };
    }
    case 'requires': {
      const features = wordList(unique(about.map(({ feature }) => feature)));
      const having = instance.rooms.filter((room) =>
        about.every(({ feature }) => room.features.includes(feature ?? '')),
      );
      const rooms = wordList(having.map(({ id }) => id));
      const where =
        having.length === 0
          ? { sv: ', som ingen lokal har', en: ', which no room has' }
          : having.length <= 3
            ? {
                sv: `, som bara ${rooms.sv} har`,
                en: `, which only ${rooms.en} ${having.length > 1 ? 'have' : 'has'}`,
              }
            : { sv: '', en: '' };
      return {
        sv: `${names.sv} behöver ${features.sv}${where.sv}`,
        en: `${names.en} ${workshops.length > 1 ? 'need' : 'needs'} ${features.en}${where.en}`,
      };
    }
    case 'scheduled': {
      const places = about.map((fact) => `${fact.workshop} (${fact.room}, ${fact.pass})`);
      return {
        sv: `schemat har ${wordList(places).sv}`,
        en: `the timetable has ${wordList(places).en}`,
      };
    }
    case 'at-most':
      return workshops.length === 1
        ? {
            sv: `${names.sv} ges högst ${times(workshop?.maxOfferings ?? 0).sv}`,
            en: `${names.en} is given at most ${times(workshop?.maxOfferings ?? 0).en}`,
          }
        : {
            sv: `det finns en gräns för hur ofta ${names.sv} ges (${numbers((w) => w.maxOfferings)})`,
            en: `there is a limit to how often ${names.en} are given (${numbers((w) => w.maxOfferings)})`,
          };
    case 'at-least': {
      const least = about.reduce((sum, { is }) => sum + (is ?? 0), 0);
      return workshops.length === 1
        ? {
            sv: `${names.sv} ska ges minst ${times(least).sv}`,
            en: `${names.en} has to be given at least ${times(least).en}`,
          }
        : {
            sv: `${names.sv} ska ges, sammanlagt minst ${times(least).sv}`,
            en: `${names.en} have to be given, at least ${times(least).en} in all`,
          };
    }
    case 'presents': {
      const who = wordList(unique(about.map(({ person }) => person)));
      return {
        sv: `${who.sv} håller ${names.sv}`,
        en: `${who.en} ${who.en === about[0]?.person ? 'presents' : 'present'} ${names.en}`,
      };
    }
    case 'max-size':
      return {
        sv: `${names.sv} tar högst ${numbers((w) => w.maxSize)} deltagare`,
        en: `${names.en} ${workshops.length > 1 ? 'take' : 'takes'} at most ${numbers((w) => w.maxSize)} attendees`,
      };
    case 'reserved':
      return {
        sv: `i ${names.sv} är ${numbers((w) => w.reserved)} platser reserverade`,
        en: `in ${names.en} ${numbers((w) => w.reserved)} seats are reserved`,
      };
    case 'min-size':
      return {
        sv: `${names.sv} behöver minst ${numbers((w) => w.minSize)} deltagare`,
        en: `${names.en} ${workshops.length > 1 ? 'need' : 'needs'} at least ${numbers((w) => w.minSize)} attendees`,
      };
    case 'together': {
      const groups = wordList(about.map(({ group, pass }) => `${group} (${pass})`));
      return { sv: `gruppen ${groups.sv} ska sitta tillsammans`, en: `the group ${groups.en} sits together` };
    }
    case 'owed':
      return owedInWords(instance, about, people);
    case 'capacity':
      return capacityInWords(about);
    case 'never-twice':
      return neverTwiceInWords(instance.workshops.length);
  }
}

function neverTwiceInWords(workshops: number): Sentence {
  const count = counted(workshops, 'workshop', 'workshoppar', 'workshop', 'workshops');
  return {
    sv: `det finns ${count.sv} och ingen har samma två gånger`,
    en: `there ${workshops === 1 ? 'is' : 'are'} ${count.en} and nobody has the same one twice`,
  };
}

function owedInWords(instance: Instance, about: readonly Facts[], people: Sentence): Sentence {
  const ids = new Set(about.map(({ person }) => person));
  const picks = new Set(
    instance.attendees
      .filter(({ id }) => ids.has(id))
      .map((attendee) => Math.min(attendee.picks, instance.passes.length)),
  );
  const [most = 0] = [...picks].toSorted((a, b) => b - a);
  const each = ids.size > 1 ? { sv: ' var', en: ' each' } : { sv: '', en: '' };
  const seats = counted(most, 'plats', 'platser', 'seat', 'seats');
  const upTo = picks.size > 1 ? { sv: 'upp till ', en: 'up to ' } : { sv: '', en: '' };
  const verb = ids.size > 1 ? 'are' : 'is';
  return {
    sv: `${people.sv} ska ha ${upTo.sv}${seats.sv}${each.sv}`,
    en: `${people.en} ${verb} owed ${upTo.en}${seats.en}${each.en}`,
  };
}

function capacityInWords(about: readonly Facts[]): Sentence {
  const passes = wordList(unique(about.map(({ pass }) => pass)));
  const rooms = unique(about.map(({ room }) => room));
  const seats = about.reduce((sum, { is }) => sum + (is ?? 0), 0);
  const names =
    rooms.length <= 4 ? wordList(rooms) : { sv: `${rooms.length} lokaler`, en: `${rooms.length} rooms` };
  const inAll = about.length > 1 ? { sv: 'sammanlagt ', en: 'in all ' } : { sv: '', en: '' };
  return {
    sv: `${names.sv} har ${inAll.sv}${counted(seats, 'plats', 'platser', '', '').sv} i ${passes.sv}`,
    en: `${names.en} ${rooms.length > 1 ? 'have' : 'has'} ${inAll.en}${counted(seats, '', '', 'seat', 'seats').en} in ${passes.en}`,
  };
}

/** Where one session has to hold people: its room can be the largest there is, and no more. */
export function largestInWords(about: readonly Facts[]): Sentence {
  const rooms = unique(about.map(({ room }) => room));
  const seats = Math.max(0, ...about.map(({ is }) => is ?? 0));
  const there = counted(seats, 'plats', 'platser', 'seat', 'seats');
  return rooms.length === 1
    ? { sv: `${rooms[0]} har ${there.sv}`, en: `${rooms[0]} has ${there.en}` }
    : { sv: `den största lokalen har ${there.sv}`, en: `the largest room has ${there.en}` };
}

function pinsInWords(about: readonly Facts[]): Sentence {
  const pins = about.map(pinInWords);
  return { sv: wordList(pins.map(({ sv }) => sv)).sv, en: wordList(pins.map(({ en }) => en)).en };
}

/** "300 people are pinned to W7 (P1)." */
function crowdPinnedInWords(about: readonly Facts[]): Sentence {
  const people = peopleInWords(about);
  const to = wordList(unique(about.map(({ workshop, pass }) => `${workshop ?? '–'} (${pass})`)));
  return { sv: `${people.sv} är låsta till ${to.sv}`, en: `${people.en} are pinned to ${to.en}` };
}

function pinInWords({ workshop, person, pass, room }: Facts): Sentence {
  if (person !== undefined && workshop === null)
    return {
      sv: `${person} är låst till ingen plats i ${pass}`,
      en: `${person} is pinned to no seat in ${pass}`,
    };
  const what = (person === undefined ? workshop : person) ?? '';
  const to = wordList(
    [person === undefined ? null : workshop, room, pass].filter(
      (part) => part !== undefined && part !== null,
    ),
    ', ',
  );
  return { sv: `${what} är låst till ${to.sv}`, en: `${what} is pinned to ${to.en}` };
}

function peopleInWords(about: readonly Facts[]): Sentence {
  const people = unique(about.map(({ person }) => person));
  return people.length <= 4
    ? wordList(people)
    : { sv: `${people.length} deltagare`, en: `${people.length} people` };
}

function placesInWords(about: readonly Facts[]): Sentence {
  return {
    sv: wordList(about.map(({ room, pass }) => `${room} (${pass})`)).sv,
    en: wordList(about.map(({ room, pass }) => `${room} (${pass})`)).en,
  };
}

const times = (n: number): Sentence => counted(n, 'gång', 'gånger', 'time', 'times');

/** A number with its noun. */
export function counted(n: number, sv: string, svMany: string, en: string, enMany: string): Sentence {
  return { sv: `${n} ${n === 1 ? sv : svMany}`, en: `${n} ${n === 1 ? en : enMany}` };
}

/** "W1, W2 and W3"; from the ninth on, how many more. */
export function wordList(words: readonly string[], separator?: string): Sentence {
  const shown = words.length > 9 ? words.slice(0, 8) : words;
  const more = words.length - shown.length;
  const say = (and: string, others: string): string => {
    const all = more > 0 ? [...shown, `${more} ${others}`] : shown;
    if (separator !== undefined || all.length < 2) return all.join(separator ?? '');
    return `${all.slice(0, -1).join(', ')} ${and} ${all.at(-1)}`;
  };
  return { sv: say('och', 'till'), en: say('and', 'more') };
}

const unique = (ids: readonly (string | null | undefined)[]): string[] => [
  ...new Set(ids.filter((id) => id !== null && id !== undefined)),
];
