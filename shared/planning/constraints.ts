import type { Instance } from './instance.ts';
import type { PlanDraft } from './plan.ts';
import {
  passesWanted,
  sessionKey,
  sessionTimes,
  standingsOf,
  timesOverlap,
  type PlannedSession,
  type PlanStandings,
  type Standing,
} from './standings.ts';

/**
 * The hard rules of a plan, once. The checker runs them, the solver hands out nothing that they reject,
 * and explanations name the same rules in the same words.
 */
export interface Violation {
  readonly rule: RuleId;
  /** Ids that the sentence speaks of. */
  readonly facts: Facts;
}

export interface Facts {
  readonly workshop?: string | null;
  readonly other?: string | null;
  readonly pass?: string;
  readonly room?: string;
  readonly person?: string;
  readonly feature?: string;
  readonly group?: string;
  readonly pin?: string;
  readonly is?: number;
  readonly allowed?: string;
}

/** Turns an id into what people call it; ids themselves where nothing better is known. */
export type NameOf = (kind: 'workshop' | 'pass' | 'room' | 'person' | 'group', id: string) => string;

interface Constraint {
  /** Facts of every breach. */
  readonly breaches: (view: PlanStandings) => Iterable<Facts>;
  readonly sentence: { readonly sv: (say: Say) => string; readonly en: (say: Say) => string };
}

/** The facts with names in place of ids. */
type Say = Record<Exclude<keyof Facts, 'is'>, string> & { is: number };

export type RuleId = keyof typeof constraints;

export const constraints = {
  'known-session': {
    breaches: unknownSessions,
    sentence: {
      sv: (f) => `${f.workshop} i ${f.pass}, ${f.room} är inget tillfälle som finns.`,
      en: (f) => `${f.workshop} in ${f.pass}, ${f.room} is not a session that can be.`,
    },
  },
  'fixed-timetable': {
    breaches: departuresFromTimetable,
    sentence: {
      sv: (f) => `${f.workshop} i ${f.pass} följer inte det schema som är bestämt.`,
      en: (f) => `${f.workshop} in ${f.pass} does not follow the timetable that is fixed.`,
    },
  },
  'one-session-per-room': {
    breaches: sharedRooms,
    sentence: {
      sv: (f) => `${f.room} har både ${f.other} och ${f.workshop} i ${f.pass}.`,
      en: (f) => `${f.room} has both ${f.other} and ${f.workshop} in ${f.pass}.`,
    },
  },
  'room-open': {
    breaches: closedRooms,
    sentence: {
      sv: (f) => `${f.room} är stängd i ${f.pass}, där ${f.workshop} ligger.`,
      en: (f) => `${f.room} is closed in ${f.pass}, where ${f.workshop} is.`,
    },
  },
  'pass-allowed': {
    breaches: wrongPasses,
    sentence: {
      sv: (f) => `${f.workshop} får inte ges i ${f.pass}.`,
      en: (f) => `${f.workshop} may not be given in ${f.pass}.`,
    },
  },
  'room-has-features': {
    breaches: missingFeatures,
    sentence: {
      sv: (f) => `${f.workshop} behöver ${f.feature}, som ${f.room} saknar.`,
      en: (f) => `${f.workshop} needs ${f.feature}, which ${f.room} lacks.`,
    },
  },
  'presenter-in-one-place': {
    breaches: doubleBookedPresenters,
    sentence: {
      sv: (f) => `${f.person} håller både ${f.other} och ${f.workshop} samtidigt (${f.pass}).`,
      en: (f) => `${f.person} presents both ${f.other} and ${f.workshop} at the same time (${f.pass}).`,
    },
  },
  'seats-enough': {
    breaches: overfull,
    sentence: {
      sv: (f) => `${f.workshop} i ${f.pass} har ${f.is} deltagare men ${f.allowed} platser.`,
      en: (f) => `${f.workshop} in ${f.pass} has ${f.is} attendees but ${f.allowed} seats.`,
    },
  },
  'large-enough-to-run': {
    breaches: tooSmall,
    sentence: {
      sv: (f) => `${f.workshop} i ${f.pass} har ${f.is} deltagare, minst ${f.allowed} behövs.`,
      en: (f) => `${f.workshop} in ${f.pass} has ${f.is} attendees, at least ${f.allowed} are needed.`,
    },
  },
  'offered-as-often-as-agreed': {
    breaches: wrongOfferings,
    sentence: {
      sv: (f) => `${f.workshop} ges ${f.is} gånger, men ska ges ${f.allowed}.`,
      en: (f) => `${f.workshop} is given ${f.is} times, but should be given ${f.allowed}.`,
    },
  },
  'pin-holds': {
    breaches: brokenPins,
    sentence: {
      sv: (f) => `Låsningen ${f.pin} hålls inte.`,
      en: (f) => `The pin ${f.pin} does not hold.`,
    },
  },
  'seats-owed': {
    breaches: wrongNumberOfSeats,
    sentence: {
      sv: (f) => `${f.person} har ${f.is} platser men ska ha ${f.allowed}.`,
      en: (f) => `${f.person} has ${f.is} seats but should have ${f.allowed}.`,
    },
  },
  'seat-exists': {
    breaches: seatsInNothing,
    sentence: {
      sv: (f) => `${f.person} har plats i ${f.workshop} i ${f.pass}, som inte ges då.`,
      en: (f) => `${f.person} has a seat in ${f.workshop} in ${f.pass}, which is not given then.`,
    },
  },
  'seat-possible': {
    breaches: impossibleSeats,
    sentence: {
      sv: (f) => `${f.person} kan inte sitta i ${f.workshop} i ${f.pass}.`,
      en: (f) => `${f.person} cannot hold a seat in ${f.workshop} in ${f.pass}.`,
    },
  },
  'never-twice': {
    breaches: repeatedWorkshops,
    sentence: {
      sv: (f) => `${f.person} har ${f.workshop} två gånger.`,
      en: (f) => `${f.person} has ${f.workshop} twice.`,
    },
  },
  'no-overlap': {
    breaches: overlappingSeats,
    sentence: {
      sv: (f) => `${f.person} är på både ${f.other} och ${f.workshop}, som överlappar.`,
      en: (f) => `${f.person} is in both ${f.other} and ${f.workshop}, which overlap.`,
    },
  },
  'group-together': {
    breaches: splitGroups,
    sentence: {
      sv: (f) => `Gruppen ${f.group} delas i ${f.pass}.`,
      en: (f) => `The group ${f.group} is split in ${f.pass}.`,
    },
  },
} as const satisfies Record<string, Constraint>;

/** Every rule that a plan breaks; an empty list is a plan that may be handed out. */
export function checkPlan(
  instance: Instance,
  plan: PlanDraft,
  view: PlanStandings = standingsOf(instance, plan),
): Violation[] {
  const violations: Violation[] = [];
  for (const rule of Object.keys(constraints) as RuleId[]) {
    for (const facts of constraints[rule].breaches(view)) violations.push({ rule, facts });
  }
  return violations;
}

/** The violation as a sentence, with the names that people know. */
export function sentenceOf(violation: Violation, language: 'sv' | 'en', nameOf?: NameOf): string {
  const { facts } = violation;
  const name = (kind: Parameters<NameOf>[0], id: string | null | undefined): string =>
    id == null ? '–' : (nameOf?.(kind, id) ?? id);
  return constraints[violation.rule].sentence[language]({
    workshop: name('workshop', facts.workshop),
    other: name('workshop', facts.other),
    pass: name('pass', facts.pass),
    room: name('room', facts.room),
    person: name('person', facts.person),
    feature: facts.feature ?? '–',
    group: name('group', facts.group),
    pin: facts.pin ?? '–',
    allowed: facts.allowed ?? '–',
    is: facts.is ?? 0,
  });
}

function* unknownSessions({ instance, plan }: PlanStandings): Iterable<Facts> {
  const ids = (list: readonly { id: string }[]): Set<string> => new Set(list.map((item) => item.id));
  const workshops = ids(instance.workshops);
  const passes = ids(instance.passes);
  const rooms = ids(instance.rooms);
  const seen = new Set<string>();
  for (const { workshop, pass, room } of plan.sessions) {
    const key = sessionKey(workshop, pass);
    if (!workshops.has(workshop) || !passes.has(pass) || !rooms.has(room) || seen.has(key)) {
      yield { workshop, pass, room };
    }
    seen.add(key);
  }
}

function* departuresFromTimetable({ instance, plan, planned }: PlanStandings): Iterable<Facts> {
  if (!instance.fixed) return;
  const fixed = new Map(
    instance.fixed.map((session) => [sessionKey(session.workshop, session.pass), session]),
  );
  const same = (a: string | undefined, b: string | undefined): boolean =>
    a === undefined || Date.parse(a) === Date.parse(b ?? '');
  for (const s of plan.sessions) {
    const { workshop, pass, room } = s;
    const as = fixed.get(sessionKey(workshop, pass));
    if (!as || as.room !== room || !same(s.starts, as.starts) || !same(s.ends, as.ends)) {
      yield { workshop, pass, room };
    }
  }
  const mayBeLeftOut = new Set(instance.workshops.filter((w) => w.minSize > 0).map((w) => w.id));
  for (const [key, { workshop, pass, room }] of fixed) {
    if (!planned.has(key) && !mayBeLeftOut.has(workshop)) yield { workshop, pass, room };
  }
}

function* sharedRooms({ running }: PlanStandings): Iterable<Facts> {
  const uses = new Map<string, string>();
  for (const { workshop, room, pass } of running.values()) {
    const use = sessionKey(room.id, pass);
    const other = uses.get(use);
    if (other !== undefined) yield { room: room.id, pass, other, workshop: workshop.id };
    uses.set(use, workshop.id);
  }
}

function* closedRooms({ running }: PlanStandings): Iterable<Facts> {
  for (const { workshop, room, pass } of running.values()) {
    if (room.closed.includes(pass)) yield { workshop: workshop.id, room: room.id, pass };
  }
}

function* wrongPasses({ running }: PlanStandings): Iterable<Facts> {
  for (const { workshop, pass } of running.values()) {
    if (!workshop.passes.includes(pass)) yield { workshop: workshop.id, pass };
  }
}

function* missingFeatures({ running }: PlanStandings): Iterable<Facts> {
  for (const { workshop, room, pass } of running.values()) {
    for (const feature of workshop.requires) {
      if (!room.features.includes(feature)) yield { workshop: workshop.id, room: room.id, pass, feature };
    }
  }
}

function* doubleBookedPresenters({ presenting }: PlanStandings): Iterable<Facts> {
  for (const [person, sessions] of presenting) {
    for (const [i, a] of sessions.entries()) {
      for (const b of sessions.slice(i + 1)) {
        if (a.pass !== b.pass && !timesOverlap(a, b)) continue;
        yield { person, other: a.workshop.id, workshop: b.workshop.id, pass: b.pass };
      }
    }
  }
}

function* overfull({ running }: PlanStandings): Iterable<Facts> {
  for (const { workshop, pass, taken, seats } of running.values()) {
    if (taken > seats) yield { workshop: workshop.id, pass, is: taken, allowed: String(seats) };
  }
}

function* tooSmall({ running }: PlanStandings): Iterable<Facts> {
  for (const { workshop, pass, taken } of running.values()) {
    if (taken < workshop.minSize)
      yield { workshop: workshop.id, pass, is: taken, allowed: String(workshop.minSize) };
  }
}

function* wrongOfferings({ instance, running }: PlanStandings): Iterable<Facts> {
  if (instance.fixed) return;
  const times = new Map<string, number>();
  for (const { workshop } of running.values()) times.set(workshop.id, (times.get(workshop.id) ?? 0) + 1);
  for (const { id, minOfferings, maxOfferings } of instance.workshops) {
    const is = times.get(id) ?? 0;
    const allowed = minOfferings === maxOfferings ? `${minOfferings}` : `${minOfferings}–${maxOfferings}`;
    if (is < minOfferings || is > maxOfferings) yield { workshop: id, is, allowed };
  }
}

function* brokenPins({ instance, running, standings }: PlanStandings): Iterable<Facts> {
  const held = new Map(standings.map((standing) => [standing.attendee.id, standing.held]));
  for (const pin of instance.pins) {
    const name =
      pin.id ??
      [pin.attendee, pin.workshop ?? '–', pin.pass, pin.attendee === undefined ? pin.room : undefined]
        .filter((part) => part !== undefined)
        .join(' · ');
    const facts = { pin: name, workshop: pin.workshop, pass: pin.pass, person: pin.attendee };
    if (pin.attendee !== undefined) {
      const seat = held.get(pin.attendee)?.find(([pass]) => pass === pin.pass)?.[1] ?? null;
      if (seat !== pin.workshop) yield facts;
      continue;
    }
    const sessions = [...running.values()].filter(
      (s) => s.workshop.id === pin.workshop && (pin.pass === undefined || s.pass === pin.pass),
    );
    const elsewhere = pin.room !== undefined && sessions.some((s) => s.room.id !== pin.room);
    if ((pin.pass !== undefined && sessions.length === 0) || elsewhere) yield { ...facts, room: pin.room };
  }
}

function* wrongNumberOfSeats({ instance, plan, standings }: PlanStandings): Iterable<Facts> {
  for (const { attendee, held, owed } of standings) {
    const wrong = attendee.wishes ? held.length !== owed : held.length > owed;
    if (wrong) yield { person: attendee.id, is: held.length, allowed: String(owed) };
  }
  const known = new Set(instance.attendees.map((attendee) => attendee.id));
  for (const id of Object.keys(plan.allocation))
    if (!known.has(id)) yield { person: id, is: 0, allowed: '0' };
}

type Seat = { workshop: string; pass: string; session: PlannedSession };

function* seatsOfStanding({ running }: PlanStandings, { held }: Standing): Iterable<Seat> {
  for (const [pass, workshop] of held) {
    const session = running.get(sessionKey(workshop, pass));
    if (session) yield { workshop, pass, session };
  }
}

function* seatsInNothing({ standings, running }: PlanStandings): Iterable<Facts> {
  for (const { attendee, held } of standings) {
    for (const [pass, workshop] of held) {
      if (!running.has(sessionKey(workshop, pass))) yield { person: attendee.id, workshop, pass };
    }
  }
}

function* impossibleSeats(view: PlanStandings): Iterable<Facts> {
  for (const standing of view.standings) {
    const { attendee, presents } = standing;
    const wanted = passesWanted(view.instance, attendee);
    for (const { workshop, pass } of seatsOfStanding(view, standing)) {
      const unwished = attendee.wishes === null && !(attendee.wishesByPass[pass] ?? []).includes(workshop);
      if (!wanted.includes(pass) || unwished || presents.some((s) => s.pass === pass)) {
        yield { person: attendee.id, workshop, pass };
      }
    }
  }
}

function* repeatedWorkshops(view: PlanStandings): Iterable<Facts> {
  for (const { attendee, held } of view.standings) {
    const seen = new Set<string>();
    for (const [, workshop] of held) {
      if (seen.has(workshop)) yield { person: attendee.id, workshop };
      seen.add(workshop);
    }
  }
}

function* overlappingSeats(view: PlanStandings): Iterable<Facts> {
  if (!view.instance.fixed?.some((session) => !Number.isNaN(sessionTimes(session).from))) return;
  for (const standing of view.standings) {
    const seats = [...seatsOfStanding(view, standing)].map(({ session }) => session);
    const person = standing.attendee.id;
    for (const [i, seat] of seats.entries()) {
      for (const other of [...seats.slice(0, i), ...standing.presents.filter((s) => s.pass !== seat.pass)]) {
        if (timesOverlap(seat, other)) {
          yield { person, workshop: seat.workshop.id, other: other.workshop.id, pass: seat.pass };
        }
      }
    }
  }
}

function* splitGroups({ instance, plan }: PlanStandings): Iterable<Facts> {
  for (const group of instance.groups) {
    for (const [pass, members] of Object.entries(group.passes)) {
      const held = new Set(members.map((id) => plan.allocation[id]?.[pass] ?? null));
      if (held.size > 1) yield { group: group.id, pass };
    }
  }
}
