import { hasReached, picksAreOpen, wishesAreOpen } from '../../shared/conference/rules.ts';
import { openingsOf } from '../conference/queries.ts';
import { localTimeOf } from '../core/time.ts';
import type { Block, DayEntry } from './content.ts';
import { type Facts, openingOf, startOf, titleOfCode, type Told, toldSession } from './reader-queries.ts';

/** The part of a letter that is its own; greeting and footer are every letter's. Null: what it would say is no longer so. */
export interface Body {
  readonly subject: string;
  readonly blocks: readonly Block[];
}

export function invitation(facts: Facts): Body | null {
  const { say, conference, link } = facts;
  if (isOver(facts)) return null;
  const { name } = conference;
  const doing = whatIsOpen(facts);
  const button = { kind: 'button', label: say(buttons[doing ?? 'nothing']), url: link } as const;
  const keep: Block = {
    kind: 'paragraph',
    text: say({
      sv: 'Länken är din egen: den öppnar dina val utan konto eller lösenord. Spara brevet, och skicka det inte vidare.',
      en: 'The link is your own: it opens your choices without an account or a password. Keep this letter, and do not forward it.',
    }),
  };
  const when: Block[] = whenParagraph(facts);
  if (doing === 'wishes') {
    const advised = conference.advisedWishes;
    const asked: Block = {
      kind: 'paragraph',
      text: say({
        sv: `Nu kan du önska workshoppar. Rangordna gärna ${advised}: ju fler du anger, desto större är chansen att du får något du vill ha.`,
        en: `You can now wish for workshops. Rank ${advised} if you can: the more you give, the better the chance of something you want.`,
      }),
    };
    return {
      subject: say({ sv: `Önska workshoppar till ${name}`, en: `Wish for workshops at ${name}` }),
      blocks: [
        ...when,
        asked,
        ...closing(facts, conference.wishesCloseAt, {
          sv: 'Önska senast',
          en: 'Wish by',
        }),
        button,
        keep,
      ],
    };
  }
  if (doing === 'picks') {
    const asked: Block = {
      kind: 'paragraph',
      text: say({
        sv: 'Nu väljer du dina workshoppar, en per pass. Du ser hur många platser som är kvar, och är det fullt kan du ställa dig på väntelistan.',
        en: 'It is time to choose your workshops, one per pass. You see how many seats are left, and where it is full you can join the waitlist.',
      }),
    };
    return {
      subject: say({ sv: `Välj workshoppar till ${name}`, en: `Choose workshops at ${name}` }),
      blocks: [
        ...when,
        asked,
        ...closing(facts, conference.picksCloseAt, { sv: 'Välj senast', en: 'Choose by' }),
        button,
        keep,
      ],
    };
  }
  return {
    subject: say({ sv: `Din sida för ${name}`, en: `Your page for ${name}` }),
    blocks: [
      ...when,
      {
        kind: 'paragraph',
        text: say({
          sv: 'Här är din personliga sida. På den ser du dagen och dina workshoppar, och där väljer du när det är dags.',
          en: 'Here is your personal page. It shows the day and your workshops, and there you choose when it is time.',
        }),
      },
      button,
      keep,
    ],
  };
}

const buttons = {
  wishes: { sv: 'Önska workshoppar', en: 'Wish for workshops' },
  picks: { sv: 'Välj workshoppar', en: 'Choose workshops' },
  nothing: { sv: 'Öppna min sida', en: 'Open my page' },
} as const;

export function nudge(facts: Facts): Body | null {
  const { say, conference, link, own } = facts;
  const doing = whatIsOpen(facts);
  if (doing === null || (doing === 'wishes' ? own.wishes : own.picks).length > 0) return null;
  const isWishing = doing === 'wishes';
  const closesAt = isWishing ? conference.wishesCloseAt : conference.picksCloseAt;
  return {
    subject: say(
      isWishing
        ? {
            sv: `Du har inte önskat än: ${conference.name}`,
            en: `You have not wished yet: ${conference.name}`,
          }
        : {
            sv: `Du har inte valt än: ${conference.name}`,
            en: `You have not chosen yet: ${conference.name}`,
          },
    ),
    blocks: [
      {
        kind: 'paragraph',
        text: say(
          isWishing
            ? {
                sv: 'Vi har inte fått några önskemål från dig. Utan dem får du de platser som blir över.',
                en: 'We have no wishes from you. Without them you get the seats that are left over.',
              }
            : {
                sv: 'Du har inte valt någon workshop än. Platserna tas i tur och ordning.',
                en: 'You have not chosen a workshop yet. Seats go first come, first served.',
              },
        ),
      },
      ...closing(
        facts,
        closesAt,
        isWishing ? { sv: 'Önska senast', en: 'Wish by' } : { sv: 'Välj senast', en: 'Choose by' },
      ),
      { kind: 'button', label: say(buttons[doing]), url: link },
    ],
  };
}

export function personalLinkLetter(facts: Facts): Body | null {
  const { say, conference, newLink } = facts;
  if (isOver(facts)) return null;
  return {
    subject: say({ sv: `Din länk till ${conference.name}`, en: `Your link to ${conference.name}` }),
    blocks: [
      {
        kind: 'paragraph',
        text: say({
          sv: 'Någon, troligen du, bad om en ny personlig länk. Här är den. När du öppnar den slutar den gamla att fungera.',
          en: 'Somebody, probably you, asked for a new personal link. Here it is. When you open it the old one stops working.',
        }),
      },
      { kind: 'button', label: say(buttons.nothing), url: newLink },
      {
        kind: 'paragraph',
        text: say({
          sv: 'Bad du inte om den kan du låta brevet vara: ingenting ändras förrän länken öppnas. Skicka den inte vidare.',
          en: 'If you did not ask for it you can leave this letter be: nothing changes until the link is opened. Do not forward it.',
        }),
      },
    ],
  };
}

/** What somebody has chosen and wished, as it stands when the letter goes. */
export function receipt(facts: Facts): Body | null {
  const { say, conference, own, link } = facts;
  if (isOver(facts)) return null;
  const isWishing = conference.stage === 'wishes';
  const waits = own.waitlist.flatMap(({ session, position }) => {
    const told = toldSession(facts, session);
    return told ? [waitingEntry(facts, told, position)] : [];
  });
  const wished: Block[] =
    isWishing && own.wishes.length > 0
      ? [{ kind: 'numbered', items: own.wishes.map((code) => titleOfCode(facts, code)) }]
      : [];
  const picked: Block[] = isWishing
    ? []
    : own.picks.length > 0
      ? [{ kind: 'day', entries: dayEntries(facts) }]
      : [];
  const nothing: Block[] =
    wished.length + picked.length > 0
      ? []
      : [
          {
            kind: 'paragraph',
            text: say(
              isWishing
                ? { sv: 'Du har inga önskemål just nu.', en: 'You have no wishes at the moment.' }
                : { sv: 'Du har inga platser just nu.', en: 'You have no seats at the moment.' },
            ),
          },
        ];
  return {
    subject: say(
      isWishing
        ? { sv: `Dina önskemål: ${conference.name}`, en: `Your wishes: ${conference.name}` }
        : { sv: `Dina val: ${conference.name}`, en: `Your choices: ${conference.name}` },
    ),
    blocks: [
      {
        kind: 'paragraph',
        text: say(
          isWishing
            ? {
                sv: 'Det här är dina önskemål som de står nu, det du helst vill ha först.',
                en: 'These are your wishes as they stand now, what you want most first.',
              }
            : { sv: 'Det här är din dag som den står nu.', en: 'This is your day as it stands now.' },
        ),
      },
      ...nothing,
      ...wished,
      ...picked,
      ...(waits.length > 0
        ? ([
            { kind: 'heading', text: say({ sv: 'Du väntar på', en: 'You wait for' }) },
            { kind: 'day', entries: waits },
          ] as const)
        : []),
      { kind: 'button', label: say({ sv: 'Se eller ändra', en: 'See or change' }), url: link },
      ...(isWishing ? [] : calendarBlocks(facts)),
    ],
  };
}

/** The day before, or what is left of it. */
export function reminder(facts: Facts): Body | null {
  const { say, conference, formats, own, now, link } = facts;
  const startsAt = startOf(facts.db, conference.id);
  if (startsAt === null || startsAt <= now || isOver(facts)) return null;
  const isToday =
    localTimeOf(startsAt, conference.timeZone).slice(0, 10) ===
    localTimeOf(now, conference.timeZone).slice(0, 10);
  const opening = openingOf(facts);
  const starts: Block[] =
    opening && opening.startsAt === startsAt
      ? [
          {
            kind: 'paragraph',
            text: say({
              sv: `Dagen börjar ${formats.time(startsAt)} med ${opening.title}${opening.place === '' ? '' : `, ${opening.place}`}.`,
              en: `The day begins at ${formats.time(startsAt)} with ${opening.title}${opening.place === '' ? '' : `, ${opening.place}`}.`,
            }),
          },
        ]
      : [];
  const day: Block =
    own.picks.length + own.presents.length > 0
      ? { kind: 'day', entries: dayEntries(facts) }
      : {
          kind: 'paragraph',
          text: say({
            sv: 'Du har inte valt någon workshop. Ser du något som lockar och det finns plats kan du fortfarande titta in på din sida.',
            en: 'You have not chosen a workshop. If something appeals and there is room, your page is still there.',
          }),
        };
  return {
    subject: say(
      isToday
        ? { sv: `I dag: ${conference.name}`, en: `Today: ${conference.name}` }
        : { sv: `I morgon: ${conference.name}`, en: `Tomorrow: ${conference.name}` },
    ),
    blocks: [
      {
        kind: 'paragraph',
        text: say({
          sv: `${capital(formats.longDate(startsAt))} är det dags för ${conference.name}.`,
          en: `${conference.name} is on ${formats.longDate(startsAt)}.`,
        }),
      },
      ...starts,
      day,
      { kind: 'button', label: say({ sv: 'Öppna min dag', en: 'Open my day' }), url: link },
      {
        kind: 'paragraph',
        text: say({
          sv: 'Öppna den gärna innan du går hemifrån: sedan visas den också utan nät.',
          en: 'Open it before you leave home: after that it shows without a network too.',
        }),
      },
    ],
  };
}

export function isOver({ conference }: Facts): boolean {
  return hasReached(conference.stage, 'over');
}

/** What an attendee can do now. */
export function whatIsOpen({
  conference,
  now,
}: Pick<Facts, 'conference' | 'now'>): 'wishes' | 'picks' | null {
  const openings = openingsOf(conference);
  if (wishesAreOpen(openings, now)) return 'wishes';
  return picksAreOpen(openings, now) ? 'picks' : null;
}

/** The attendee's passes in order: what they present, what they chose, and nothing chosen. */
export function dayEntries(facts: Facts): DayEntry[] {
  const { own, passes, say, formats } = facts;
  return passes.map(({ id, name, startsAt, endsAt, place }) => {
    const time = formats.timeRange(startsAt, endsAt);
    const under = dateOf(facts, startsAt);
    const presents = own.presents.find(({ pass }) => pass === id);
    const pick = own.picks.find(({ pass }) => pass === id);
    const told = pick && toldSession(facts, pick.session);
    if (presents)
      return {
        time,
        title: titleOfCode(facts, presents.workshop),
        lines: [...under, `${name} · ${say({ sv: 'du medverkar', en: 'you present' })}`],
        pass: place,
      };
    if (told) return { time, title: told.title, lines: [...under, `${name} · ${told.place}`], pass: place };
    return {
      time,
      title: say({ sv: 'Inget valt', en: 'Nothing chosen' }),
      lines: [...under, name],
      pass: null,
    };
  });
}

/** The date, where the conference has more days than one. */
export function dateOf({ passes, formats }: Facts, instant: number): string[] {
  const days = new Set(passes.map(({ startsAt }) => formats.dayKey(startsAt)));
  return days.size > 1 ? [formats.date(instant)] : [];
}

function waitingEntry(facts: Facts, told: Told, position: number): DayEntry {
  const { formats, say, passes } = facts;
  return {
    time: formats.timeRange(told.startsAt, told.endsAt),
    title: told.title,
    lines: [
      ...dateOf(facts, told.startsAt),
      `${told.passName} · ${say({ sv: `plats ${position} på väntelistan`, en: `number ${position} in line` })}`,
    ],
    pass: passes.find(({ id }) => id === told.pass)?.place ?? null,
  };
}

export function calendarBlocks({ say, calendar }: Facts): Block[] {
  return [
    {
      kind: 'heading',
      text: say({ sv: 'I din kalender', en: 'In your calendar' }),
    },
    {
      kind: 'paragraph',
      text: say({
        sv: 'Prenumerera på adressen, så följer ändringar med. Google kan dröja upp till ett dygn; ändras något nära dagen får du brev också.',
        en: 'Subscribe to this address and changes follow along. Google may take up to a day; if something changes close to the day you get a letter too.',
      }),
    },
    { kind: 'address', url: calendar },
  ];
}

function whenParagraph({ say, conference, formats, db }: Facts): Block[] {
  const startsAt = startOf(db, conference.id);
  if (startsAt === null) return [];
  return [
    {
      kind: 'paragraph',
      text: say({
        sv: `Du är anmäld till ${conference.name}, ${formats.longDate(startsAt)}.`,
        en: `You are registered for ${conference.name}, ${formats.longDate(startsAt)}.`,
      }),
    },
  ];
}

function closing(
  { say, formats }: Facts,
  closesAt: number | null,
  by: { readonly sv: string; readonly en: string },
): Block[] {
  if (closesAt === null) return [];
  return [{ kind: 'paragraph', text: `${say(by)} ${formats.dateTime(closesAt)}.` }];
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
