import type { LetterData, SeatChange } from '../core/outbox.ts';
import { type Body, calendarBlocks, dateOf, isOver } from './choosing-letters.ts';
import type { Block, DayEntry } from './content.ts';
import { type Facts, titleOfWorkshop, type Told, toldSession } from './reader-queries.ts';

/** Someone in line got the seat they waited for; what they have chosen otherwise since, and what has begun, is left out. */
export function movedUp(facts: Facts, { moves }: LetterData['moved-up']): Body | null {
  const { say, conference } = facts;
  const entries = moves.flatMap((move) => heldEntry(facts, move));
  const [only] = entries;
  if (!only) return null;
  const left = moves.some(({ from }) => from !== null);
  return {
    subject:
      entries.length === 1
        ? say({ sv: `Du har fått plats: ${only.title}`, en: `You have a seat: ${only.title}` })
        : say({
            sv: `Du har fått platser: ${conference.name}`,
            en: `You have seats: ${conference.name}`,
          }),
    blocks: [
      {
        kind: 'paragraph',
        text: say({
          sv: `En plats du väntade på blev ledig och är nu din.${left ? ' Den plats du hade i samma pass är lämnad till någon annan.' : ''}`,
          en: `A seat you waited for became free and is now yours.${left ? ' The seat you had in the same pass has gone to somebody else.' : ''}`,
        }),
      },
      { kind: 'day', entries },
      {
        kind: 'paragraph',
        text: say({
          sv: 'Vill du inte ha den kan du lämna den på din sida, så går den till nästa.',
          en: 'If you do not want it, leave it on your page and it goes to the next in line.',
        }),
      },
      toOwnPage(facts),
    ],
  };
}

/** A new plan gave other seats. */
export function movedByPlan(facts: Facts, { moves }: LetterData['moved-by-plan']): Body | null {
  const { say, conference } = facts;
  const entries = moves.flatMap((move) =>
    move.to === null ? lostEntry(facts, move.pass) : heldEntry(facts, move),
  );
  if (entries.length === 0) return null;
  return {
    subject: say({
      sv: `Dina workshoppar har ändrats: ${conference.name}`,
      en: `Your workshops have changed: ${conference.name}`,
    }),
    blocks: [
      {
        kind: 'paragraph',
        text: say({
          sv: 'Arrangören har gjort om planen, och det rör dig. Så här är det nu:',
          en: 'The organiser has changed the plan, and it concerns you. This is how it is now:',
        }),
      },
      { kind: 'day', entries },
      {
        kind: 'paragraph',
        text: say({
          sv: 'Allt annat i din dag är som förut.',
          en: 'Everything else in your day is as before.',
        }),
      },
      toOwnPage(facts),
    ],
  };
}

/** First in line for a free seat that could not be theirs; told once. */
export function passedOver(facts: Facts, { session, code, reason }: LetterData['passed-over']): Body | null {
  const { say, own } = facts;
  const told = toldSession(facts, session);
  if (!told || hasBegun(facts, told) || !own.waitlist.some((waits) => waits.session === session)) return null;
  return {
    subject: say({
      sv: `Det fanns en plats i ${code}, men inte för dig`,
      en: `There was a seat in ${code}, but not for you`,
    }),
    blocks: [
      {
        kind: 'paragraph',
        text: say({
          sv: `Du stod först på väntelistan till ${told.title} när en plats blev ledig. ${reason.sv}`,
          en: `You were first in line for ${told.title} when a seat became free. ${reason.en}`,
        }),
      },
      {
        kind: 'paragraph',
        text: say({
          sv: 'Platsen gick till nästa. Du har kvar din plats på väntelistan.',
          en: 'The seat went to the next person. You keep your place in line.',
        }),
      },
      toOwnPage(facts),
    ],
  };
}

export function seatExchanged(facts: Facts, { moves }: LetterData['seat-exchanged']): Body | null {
  const { say } = facts;
  const entries = moves.flatMap((move) => heldEntry(facts, move));
  const [only] = entries;
  if (!only) return null;
  return {
    subject: say({ sv: `Bytet är gjort: ${only.title}`, en: `Exchanged: ${only.title}` }),
    blocks: [
      {
        kind: 'paragraph',
        text: say({
          sv: 'Någon tog det byte du erbjöd. Så här är det nu:',
          en: 'Somebody accepted the swap you offered. This is how it is now:',
        }),
      },
      { kind: 'day', entries },
      toOwnPage(facts),
    ],
  };
}

export function queueEnded(facts: Facts, { session, workshop }: LetterData['queue-ended']): Body | null {
  const { say } = facts;
  const title = titleOfWorkshop(facts, workshop);
  if (title === undefined || toldSession(facts, session) || isOver(facts)) return null;
  return {
    subject: say({
      sv: `Ges inte längre då: ${title}`,
      en: `No longer given then: ${title}`,
    }),
    blocks: [
      {
        kind: 'paragraph',
        text: say({
          sv: `Du stod på väntelistan till ${title}. Den ges inte längre i det passet, så väntelistan är slut. De platser du har är kvar.`,
          en: `You were waiting for ${title}. It is no longer given in that pass, so the waitlist has ended. The seats you have are still yours.`,
        }),
      },
      toOwnPage(facts),
    ],
  };
}

export function seatFreedToPresent(
  facts: Facts,
  { session, presents }: LetterData['seat-freed-to-present'],
): Body | null {
  const { say } = facts;
  const given = toldSession(facts, presents);
  if (!given || hasBegun(facts, given)) return null;
  const left = toldSession(facts, session)?.title ?? given.passName;
  return {
    subject: say({
      sv: `Du medverkar i ${given.passName}, så din plats är lämnad`,
      en: `You present in ${given.passName}, so your seat has been left`,
    }),
    blocks: [
      {
        kind: 'paragraph',
        text: say({
          sv: `Du medverkar i ${given.title}. Den ges samtidigt som ${left}, så din plats där har gått till nästa.`,
          en: `You present ${given.title}. It is given at the same time as ${left}, so your seat there has gone to the next in line.`,
        }),
      },
      { kind: 'day', entries: [entryOf(facts, given)] },
      toOwnPage(facts),
    ],
  };
}

export function sessionCancelled(
  facts: Facts,
  { title, startsAt, endsAt, place }: LetterData['session-cancelled'],
): Body | null {
  const { say, formats, now, own } = facts;
  const isGivenAfterAll = own.picks.some(({ session }) => {
    const told = toldSession(facts, session);
    return told?.title === title && told.startsAt === startsAt;
  });
  if (startsAt <= now || isGivenAfterAll) return null;
  return {
    subject: say({ sv: `Inställt: ${title}`, en: `Cancelled: ${title}` }),
    blocks: [
      {
        kind: 'paragraph',
        text: say({
          sv: 'Workshoppen nedan ges tyvärr inte. Din plats i den är borta; resten av din dag är som förut.',
          en: 'Unfortunately the workshop below is not given. Your seat in it is gone; the rest of your day is as before.',
        }),
      },
      {
        kind: 'day',
        entries: [
          {
            time: formats.timeRange(startsAt, endsAt),
            title,
            lines: [`${say({ sv: 'Inställt', en: 'Cancelled' })} · ${formats.date(startsAt)}, ${place}`],
            pass: null,
          },
        ],
      },
      {
        kind: 'paragraph',
        text: say({
          sv: 'Så länge valen är öppna kan du välja en annan workshop i det passet.',
          en: 'As long as choosing is open you can choose another workshop in that pass.',
        }),
      },
      toOwnPage(facts),
    ],
  };
}

export function seatRestored(facts: Facts, { moves }: LetterData['seat-restored']): Body | null {
  const { say } = facts;
  const entries = moves.flatMap((move) => heldEntry(facts, move));
  const [only] = entries;
  if (!only) return null;
  return {
    subject: say({ sv: `Ges ändå: ${only.title}`, en: `Given after all: ${only.title}` }),
    blocks: [
      {
        kind: 'paragraph',
        text: say({
          sv: 'Workshoppen som var inställd ges ändå, och du har kvar din plats:',
          en: 'The workshop that was cancelled is given after all, and you have your seat back:',
        }),
      },
      { kind: 'day', entries },
      toOwnPage(facts),
    ],
  };
}

/** Rooms and times that are others than those who have a seat were told. What has moved back since is left out. */
export function dayChanged(facts: Facts, { changes }: LetterData['day-changed']): Body | null {
  const { say, conference } = facts;
  const changed = changes.flatMap(({ session, before }) => {
    const told = toldSession(facts, session);
    if (!told || hasBegun(facts, told) || !facts.own.picks.some((pick) => pick.session === session))
      return [];
    const otherTime = before !== null && (before.startsAt !== told.startsAt || before.endsAt !== told.endsAt);
    const otherPlace = before !== null && before.place !== told.place;
    if (before !== null && !otherTime && !otherPlace) return [];
    return [{ told, otherTime, otherPlace, entry: entryOf(facts, told, before ? was(facts, before) : []) }];
  });
  const [only] = changed;
  if (!only) return null;
  const { title } = only.told;
  return {
    subject:
      changed.length > 1 || (!only.otherTime && !only.otherPlace)
        ? say({
            sv: `Din dag har ändrats: ${conference.name}`,
            en: `Your day has changed: ${conference.name}`,
          })
        : only.otherTime
          ? say({ sv: `Ny tid: ${title}`, en: `New time: ${title}` })
          : say({ sv: `Ny lokal: ${title}`, en: `New room: ${title}` }),
    blocks: [
      {
        kind: 'paragraph',
        text: say({
          sv: 'Det här i din dag har ändrats. Du har kvar dina platser.',
          en: 'This in your day has changed. You keep your seats.',
        }),
      },
      { kind: 'day', entries: changed.map(({ entry }) => entry) },
      toOwnPage(facts),
      ...calendarBlocks(facts),
    ],
  };
}

function was(
  { say, formats }: Facts,
  { startsAt, endsAt, place }: { startsAt: number; endsAt: number; place: string },
): string[] {
  return [
    say({
      sv: `Förut ${formats.timeRange(startsAt, endsAt)}, ${place}`,
      en: `Before: ${formats.timeRange(startsAt, endsAt)}, ${place}`,
    }),
  ];
}

/** Where a move led, as long as the attendee is still there and it has not begun. */
function heldEntry(facts: Facts, { to }: SeatChange): DayEntry[] {
  const told = to === null ? undefined : toldSession(facts, to);
  if (!told || hasBegun(facts, told) || !facts.own.picks.some(({ session }) => session === to)) return [];
  return [entryOf(facts, told)];
}

function lostEntry(facts: Facts, passId: string): DayEntry[] {
  const { passes, own, say, formats, now } = facts;
  const pass = passes.find(({ id }) => id === passId);
  if (!pass || pass.startsAt <= now || own.picks.some((pick) => pick.pass === passId)) return [];
  return [
    {
      time: formats.timeRange(pass.startsAt, pass.endsAt),
      title: say({ sv: 'Ingen plats', en: 'No seat' }),
      lines: [...dateOf(facts, pass.startsAt), pass.name],
      pass: null,
    },
  ];
}

function entryOf(facts: Facts, told: Told, more: readonly string[] = []): DayEntry {
  const { formats, passes } = facts;
  const { startsAt, endsAt, title, passName, place, pass } = told;
  return {
    time: formats.timeRange(startsAt, endsAt),
    title,
    lines: [...dateOf(facts, startsAt), `${passName} · ${place}`, ...more],
    pass: passes.find(({ id }) => id === pass)?.place ?? null,
  };
}

function hasBegun({ now }: Facts, { startsAt }: Told): boolean {
  return startsAt <= now;
}

function toOwnPage({ say, link }: Facts): Block {
  return { kind: 'button', label: say({ sv: 'Öppna min dag', en: 'Open my day' }), url: link };
}
