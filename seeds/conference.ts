import { Temporal } from 'temporal-polyfill';
import {
  changeStage,
  createConference,
  createHost,
  editSettings,
  organisationNamed,
  publishProgramme,
} from '../server/conference/commands.ts';
import type { Change } from '../server/core/change.ts';
import type { Store } from '../server/core/database.ts';
import { passOverReceipts } from '../server/messages/deciding-commands.ts';
import { editAttendee } from '../server/people/attendee-commands.ts';
import { importAttendees } from '../server/people/import-commands.ts';
import { listAttendeesWithLinks } from '../server/people/queries.ts';
import { addOrganiser } from '../server/people/sign-in-commands.ts';
import { addPass } from '../server/programme/pass-commands.ts';
import { addPlenary } from '../server/programme/plenary-commands.ts';
import { addRoom } from '../server/programme/room-commands.ts';
import { placeWorkshop } from '../server/programme/session-commands.ts';
import { addWorkshop } from '../server/programme/workshop-commands.ts';
import { castBallot } from '../server/registration/ballots-commands.ts';
import { takeSeat } from '../server/registration/picks-commands.ts';
import { hasReached } from '../shared/conference/rules.ts';
import type { ConferenceRules } from '../shared/conference/vocabulary.ts';
import { type Stage, stages } from '../shared/conference/stages.ts';
import type { Actor } from '../shared/core/access.ts';
import { type Random, seededRandom } from '../shared/core/random.ts';
import { type Instant, toIso } from '../shared/core/time.ts';
import type { PlacedSession } from '../shared/programme/vocabulary.ts';
import { type Cast, drawCast } from './cast.ts';
import { chooseSeats } from './choices.ts';
import { handTimetable } from './timetable.ts';
import {
  conference as facts,
  host,
  organiser,
  passesOf,
  plenariesOf,
  roomsFor,
  rulesFor,
  type Stretch,
} from './utsikt-ar-insikt.ts';
import { demandOf, wishDrawer } from './wishes.ts';

export interface ConferenceOptions {
  readonly stage: Stage;
  readonly now: Instant;
  readonly attendees?: number | undefined;
  readonly workshops?: number | undefined;
  readonly rooms?: number | undefined;
  readonly passes?: number | undefined;
  /** How many times a workshop is given, at most. */
  readonly offerings?: number | undefined;
  readonly seed?: number | undefined;
}

export interface BuiltConference {
  readonly conferenceId: string;
  readonly slug: string;
  readonly organiserId: string;
  /** In the order of the cast: first the one whose link is printed, last the presenter who attends. The first fifth have no picks. */
  readonly attendeeIds: readonly string[];
  readonly sessions: readonly PlacedSession[];
}

const operator: Actor = { kind: 'operator' };
const hour = 3_600_000;
const day = 24 * hour;

/**
 * Builds Utsikt är insikt, or one larger or smaller, at a stage, as organisers and attendees would: every row is written by one of
 * the product's own commands. The same options and seed give the same conference, but for ids and tokens.
 */
export async function buildConference(store: Store, options: ConferenceOptions): Promise<BuiltConference> {
  const { stage, now } = options;
  const sizes = sizesOf(options);
  const rules = rulesFor(sizes.passes);
  const random = seededRandom(sizes.seed);
  const cast = drawCast(sizes, random);
  const draw = wishDrawer(cast.workshops, rules.advisedWishes, random);
  const ballots = cast.attendees.map(draw);

  const { conferenceId, organiserId } = await store.write(operator, (change) => found(change, cast, rules));
  const programme = await store.write(operator, (change) =>
    writeProgramme(change, conferenceId, cast, sizes, firstDay(stage, now)),
  );
  const attendeeIds = await register(store, conferenceId, cast, programme.presenterId);
  const built = { conferenceId, slug: facts.slug, organiserId, attendeeIds };

  if (hasReached(stage, 'ideas')) await goTo(store, conferenceId, 'ideas');
  if (!hasReached(stage, 'wishes')) return { ...built, sessions: [] };

  const week = { opensAt: toIso(now - 7 * day), closesAt: toIso(now + 7 * day) };
  await store.write(operator, (change) => {
    editSettings(change, conferenceId, { windows: { wishes: week } });
    changeStage(change, conferenceId, 'wishes');
    publishProgramme(change, conferenceId);
  });
  await inTurn(
    store,
    ballots,
    (i) => attendee(conferenceId, attendeeIds[i]!),
    (change, wishes, i) => castBallot(change, { conferenceId, attendeeId: attendeeIds[i]!, wishes }),
  );
  if (!hasReached(stage, 'planning')) return { ...built, sessions: [] };

  const sessions = await store.write(operator, (change) => {
    editSettings(change, conferenceId, { windows: { wishes: { ...week, closesAt: toIso(now - hour) } } });
    changeStage(change, conferenceId, 'planning');
    return placeByHand(change, conferenceId, cast, programme, ballots, sizes.offerings);
  });
  if (!hasReached(stage, 'picks')) return { ...built, sessions };

  const picks = { opensAt: toIso(now - hour), closesAt: toIso(now + 14 * day) };
  await store.write(operator, (change) => {
    editSettings(change, conferenceId, { windows: { picks } });
    changeStage(change, conferenceId, 'picks');
  });
  await choose(store, { ...built, sessions }, cast, ballots, programme, random);
  await finish(store, conferenceId, options, picks.opensAt);
  await store.write(operator, passOverReceipts);
  return { ...built, sessions };
}

interface Sizes {
  readonly attendees: number;
  readonly workshops: number;
  readonly rooms: number;
  readonly passes: number;
  readonly offerings: number;
  readonly seed: number;
}

/** What is left out is as at Reglab's; rooms follow from the rest, so that every workshop can be given as often as it is offered. */
function sizesOf(options: ConferenceOptions): Sizes {
  const { attendees = 300, workshops = 15, passes = 3, offerings = 1, seed = 1 } = options;
  const needed = Math.ceil((workshops * Math.min(offerings, passes)) / passes);
  return { attendees, workshops, passes, offerings, seed, rooms: options.rooms ?? Math.max(5, needed) };
}

/** Three weeks ahead as long as it lies ahead, today on site, and a week ago when it is over. */
function firstDay(stage: Stage, now: Instant): Temporal.PlainDate {
  const days = { onsite: 0, over: -7 }[stage as string] ?? 21;
  return Temporal.Instant.fromEpochMilliseconds(now)
    .toZonedDateTimeISO(facts.timeZone)
    .toPlainDate()
    .add({ days });
}

function found(
  change: Change,
  cast: Cast,
  rules: ConferenceRules,
): { conferenceId: string; organiserId: string } {
  const hostId = createHost(change, host);
  const organiserId = addOrganiser(change, hostId, organiser);
  for (const name of cast.organisations) organisationNamed(change, hostId, name);
  const { slug, name, tagline, timeZone, language } = facts;
  const { id } = createConference(change, hostId, { slug, name, timeZone, language });
  editSettings(change, id, { tagline, rules });
  return { conferenceId: id, organiserId };
}

interface WrittenProgramme {
  /** Ids in the order of the cast. */
  readonly workshops: readonly { readonly id: string; readonly code: string }[];
  /** Largest first. */
  readonly rooms: readonly string[];
  readonly passes: readonly string[];
  /** The presenter who attends. */
  readonly presenterId: string;
}

function writeProgramme(
  change: Change,
  conferenceId: string,
  cast: Cast,
  sizes: Sizes,
  first: Temporal.PlainDate,
): WrittenProgramme {
  const times = ({ day, starts, ends }: Stretch) => ({
    startsAt: `${first.add({ days: day }).toString()}T${starts}`,
    endsAt: `${first.add({ days: day }).toString()}T${ends}`,
  });
  const passes = passesOf(sizes.passes).map(
    (pass) => addPass(change, conferenceId, { name: pass.name, ...times(pass) }).id,
  );
  for (const plenary of plenariesOf(sizes.passes)) {
    const { kind, title, summary, place } = plenary;
    addPlenary(change, conferenceId, { kind, title, summary, place, ...times(plenary) });
  }
  const used = Math.min(sizes.rooms, Math.ceil((sizes.workshops * sizes.offerings) / sizes.passes));
  const rooms = roomsFor(sizes.attendees, sizes.rooms, used).map(
    ({ name, capacity, features }) =>
      addRoom(change, conferenceId, { name, capacity, features: [...features] }).id,
  );
  const workshops = cast.workshops.map(
    ({ code, title, summary, language, presenters, organisations, topics }) =>
      addWorkshop(change, conferenceId, {
        code,
        title,
        summary,
        language,
        presenters: [...presenters],
        organisations: [...organisations],
        topics: [...topics],
        maxOfferings: Math.min(sizes.offerings, sizes.passes),
      }),
  );
  const presenterId = workshops[0]!.presenters.find(({ name }) => name === cast.presenting.name)!.id;
  return { workshops, rooms, passes, presenterId };
}

/** Imports everybody as an organiser pastes a list, and says that one of them presents. Answers with ids in the order of the cast. */
async function register(
  store: Store,
  conferenceId: string,
  { attendees, presenting }: Cast,
  presenterId: string,
): Promise<string[]> {
  const rows = attendees.map((person, i) => ({ row: i + 1, ...person, problem: null }));
  await store.write(operator, (change) => importAttendees(change, conferenceId, rows));
  const ids = new Map(
    listAttendeesWithLinks(store.db, conferenceId).map(({ id, mail, name }) => [mail ?? name, id]),
  );
  const presenter = ids.get(presenting.name);
  if (presenter !== undefined)
    await store.write(operator, (change) => editAttendee(change, conferenceId, presenter, { presenterId }));
  return attendees.map(({ mail, name }) => ids.get(mail ?? name)!);
}

function placeByHand(
  change: Change,
  conferenceId: string,
  cast: Cast,
  { workshops, rooms, passes }: WrittenProgramme,
  ballots: readonly (readonly string[])[],
  offerings: number,
): PlacedSession[] {
  const timetable = handTimetable({
    workshops: cast.workshops.map(({ code, presenters }) => ({
      code,
      presenters: presenters.map(({ name }) => name),
    })),
    rooms,
    passes,
    offerings,
    demand: demandOf(ballots, rulesFor(passes.length).picksPerAttendee),
  });
  const idOf = new Map(workshops.map(({ id, code }) => [code, id]));
  return timetable.map(({ workshop, pass, room }) =>
    placeWorkshop(change, conferenceId, { workshopId: idOf.get(workshop)!, passId: pass, roomId: room }),
  );
}

async function choose(
  store: Store,
  { conferenceId, attendeeIds, sessions }: BuiltConference,
  cast: Cast,
  ballots: readonly (readonly string[])[],
  { workshops, passes }: WrittenProgramme,
  random: Random,
): Promise<void> {
  const codeOf = new Map(workshops.map(({ id, code }) => [id, code]));
  const choosable = sessions.map(({ id, workshop, pass, seats }) => ({
    id,
    workshop: codeOf.get(workshop)!,
    pass,
    seats,
  }));
  const presents = new Set(
    choosable.filter(({ workshop }) => workshop === cast.presenting.workshop).map(({ pass }) => pass),
  );
  const choosers = ballots.map((wishes, i) => ({
    wishes,
    busy: i > 0 && i === ballots.length - 1 ? presents : new Set<string>(),
  }));
  const choices = chooseSeats(choosers, choosable, rulesFor(passes.length).picksPerAttendee, random);
  const who = (i: number): Actor => attendee(conferenceId, attendeeIds[choices[i]!.chooser]!);
  const taking = (change: Change, chooser: number, list: typeof choosable, waitlist: boolean): void => {
    for (const { id, pass } of list) {
      const attendeeId = attendeeIds[chooser]!;
      takeSeat(change, { conferenceId, attendeeId, passId: pass, sessionId: id, waitlist });
    }
  };
  await inTurn(store, choices, who, (change, { chooser, seats }) =>
    taking(change, chooser, [...seats], false),
  );
  await inTurn(store, choices, who, (change, { chooser, queues }) =>
    taking(change, chooser, [...queues], true),
  );
}

async function finish(
  store: Store,
  conferenceId: string,
  { stage, now }: ConferenceOptions,
  opensAt: string,
): Promise<void> {
  for (const later of stages.slice(stages.indexOf('onsite'), stages.indexOf(stage) + 1))
    // oxlint-disable-next-line no-await-in-loop -- the stages come one after another
    await goTo(store, conferenceId, later);
  if (stage === 'over')
    await store.write(operator, (change) =>
      editSettings(change, conferenceId, { windows: { picks: { opensAt, closesAt: toIso(now - 1) } } }),
    );
}

async function goTo(store: Store, conferenceId: string, stage: Stage): Promise<void> {
  await store.write(operator, (change) => changeStage(change, conferenceId, stage));
}

function attendee(conferenceId: string, attendeeId: string): Actor {
  return { kind: 'attendee', conferenceId, attendeeId };
}

/** As many commands at a time as a busy hour has waiting: they are grouped as theirs would be. */
const atOnce = 1000;

/** Runs a command for each item, each by its own actor, in the order given. */
async function inTurn<T>(
  store: Store,
  items: readonly T[],
  actorOf: (i: number) => Actor,
  command: (change: Change, item: T, i: number) => void,
): Promise<void> {
  for (let from = 0; from < items.length; from += atOnce) {
    const group = items.slice(from, from + atOnce);
    // oxlint-disable-next-line no-await-in-loop -- the next group waits its turn
    await Promise.all(
      group.map((item, i) => store.write(actorOf(from + i), (change) => command(change, item, from + i))),
    );
  }
}
