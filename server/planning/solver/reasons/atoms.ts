import type { Facts } from '../../../../shared/planning/constraints.ts';
import type { Instance } from '../../../../shared/planning/instance.ts';
import {
  requirement,
  type Requirement,
  type RequirementKind,
} from '../../../../shared/planning/requirements.ts';
import { passesWanted } from '../../../../shared/planning/standings.ts';

/**
 * The requirements of an instance, as finely as they are told apart, with the indices that a model needs. A requirement keeps its
 * meaning whatever else is left out, so that leaving some out can only make more plans possible.
 */
export interface Atom {
  readonly kind: RequirementKind;
  readonly about: readonly Facts[];
  /** Workshop, pass, room, crowd and pin by index; −1 where it speaks of none. */
  readonly w: number;
  readonly p: number;
  readonly r: number;
  readonly crowd: number;
  readonly pin: number;
}

/** People with the same possibilities: whoever presents, is pinned or comes in a group stands alone. */
export interface Crowd {
  readonly members: readonly number[];
  /** By pass: a seat there counts to what they are owed. */
  readonly wanted: readonly boolean[];
  readonly picks: number;
  readonly byPass: boolean;
  /** Workshops (by index) that they give themselves. */
  readonly gives: readonly number[];
}

export interface Atoms {
  readonly all: readonly Atom[];
  readonly crowds: readonly Crowd[];
  /** The crowd of each person. */
  readonly crowdOf: Int32Array;
}

export function atomsOf(instance: Instance): Atoms {
  const { passes, rooms, workshops, attendees, pins, groups } = instance;
  const index = (list: readonly { id: string }[]): ReadonlyMap<string, number> =>
    new Map(list.map(({ id }, i) => [id, i]));
  const passIndex = index(passes);
  const workshopIndex = index(workshops);
  const roomIndex = index(rooms);
  const personIndex = index(attendees);
  const { crowds, crowdOf } = crowdsOf(instance, personIndex);
  const all: Atom[] = [];
  const add = (kind: RequirementKind, about: Facts | readonly Facts[], at: Partial<Atom> = {}): void => {
    const facts = Array.isArray(about) ? (about as readonly Facts[]) : [about as Facts];
    all.push({ kind, about: facts, w: -1, p: -1, r: -1, crowd: -1, pin: -1, ...at });
  };

  add('never-twice', {});
  rooms.forEach((room, r) => {
    passes.forEach((pass, p) =>
      add('capacity', { room: room.id, pass: pass.id, is: room.capacity }, { r, p }),
    );
  });
  crowds.forEach((crowd, c) => {
    const people = crowd.members.map((a): Facts => ({ person: attendees[a]!.id }));
    if (!crowd.byPass || pins.length > 0 || instance.workshops.some(({ minSize }) => minSize > 0))
      add('owed', people, { crowd: c });
    const [first] = crowd.members;
    const { cannot, wishes } = attendees[first!]!;
    for (const pass of cannot) {
      add(
        'absent',
        people.map((who) => ({ ...who, pass })),
        { crowd: c, p: passIndex.get(pass)! },
      );
    }
    if (wishes === null) add('wished', people, { crowd: c });
  });
  workshops.forEach((workshop, w) => {
    const here = { workshop: workshop.id };
    if (!instance.fixed) {
      if (workshop.minOfferings > 0) add('at-least', { ...here, is: workshop.minOfferings }, { w });
      if (workshop.maxOfferings < passes.length) add('at-most', here, { w });
    }
    if (workshop.minSize > 0) add('min-size', here, { w });
    if (workshop.reserved > 0) add('reserved', here, { w });
    if (workshop.maxSize < Infinity) add('max-size', here, { w });
    for (const person of workshop.presenters) add('presents', { ...here, person }, { w });
    for (const feature of workshop.requires) add('requires', { ...here, feature }, { w });
    if (workshop.passes.length < passes.length) add('passes', here, { w });
  });
  for (const group of groups) {
    for (const [pass, members] of Object.entries(group.passes)) {
      if (members.length > 1) add('together', { group: group.id, pass }, { p: passIndex.get(pass)! });
    }
  }
  for (const { workshop, pass, room } of instance.fixed ?? []) {
    const w = workshopIndex.get(workshop)!;
    if (workshops[w]!.minSize === 0)
      add('scheduled', { workshop, pass, room }, { w, p: passIndex.get(pass)!, r: roomIndex.get(room)! });
  }
  rooms.forEach((room, r) => {
    for (const pass of room.closed) add('closed', { room: room.id, pass }, { r, p: passIndex.get(pass)! });
  });
  pins.forEach((pin, i) => {
    const person = pin.attendee;
    const room = pin.attendee === undefined ? pin.room : undefined;
    add(
      'pin',
      {
        workshop: pin.workshop,
        ...(pin.id === undefined ? {} : { pin: pin.id }),
        ...(person === undefined ? {} : { person }),
        ...(pin.pass === undefined ? {} : { pass: pin.pass }),
        ...(room === undefined ? {} : { room }),
      },
      {
        pin: i,
        w: pin.workshop === null ? -1 : workshopIndex.get(pin.workshop)!,
        p: pin.pass === undefined ? -1 : passIndex.get(pin.pass)!,
        r: room === undefined ? -1 : roomIndex.get(room)!,
        crowd: person === undefined ? -1 : crowdOf[personIndex.get(person)!]!,
      },
    );
  });
  return { all, crowds, crowdOf };
}

/** Several atoms of one kind as one requirement that stands and falls as a whole. */
export const together = (atoms: readonly Atom[]): Requirement =>
  requirement(
    atoms[0]!.kind,
    atoms.flatMap(({ about }) => [...about]),
  );

function crowdsOf(
  instance: Instance,
  personIndex: ReadonlyMap<string, number>,
): { crowds: Crowd[]; crowdOf: Int32Array } {
  const { attendees, workshops, passes } = instance;
  const gives = new Map<number, number[]>();
  workshops.forEach(({ presenters }, w) => {
    for (const presenter of presenters) {
      const a = personIndex.get(presenter);
      if (a !== undefined) gives.set(a, [...(gives.get(a) ?? []), w]);
    }
  });
  const alone = new Set<number>(gives.keys());
  for (const pin of instance.pins) if (pin.attendee !== undefined) alone.add(personIndex.get(pin.attendee)!);
  for (const group of instance.groups) {
    for (const member of Object.values(group.passes).flat()) alone.add(personIndex.get(member)!);
  }
  const timed = instance.fixed?.some((session) => session.starts !== undefined) ?? false;
  const byKey = new Map<string, number[]>();
  attendees.forEach((attendee, a) => {
    const { wishes, wishesByPass, picks, cannot } = attendee;
    const wished = wishes
      ? null
      : Object.entries(wishesByPass)
          .filter(([, list]) => list.length > 0)
          .map(([pass, list]) => [pass, ...list.toSorted()].join('\n'))
          .toSorted();
    const key =
      alone.has(a) || timed
        ? `${a}`
        : JSON.stringify([Math.min(picks, passes.length), cannot.toSorted(), wished]);
    const members = byKey.get(key);
    if (members) members.push(a);
    else byKey.set(key, [a]);
  });
  const crowdOf = new Int32Array(attendees.length);
  const crowds = [...byKey.values()].map((members, c): Crowd => {
    for (const a of members) crowdOf[a] = c;
    const first = attendees[members[0]!]!;
    const wanted = new Set(passesWanted(instance, first));
    return {
      members,
      wanted: passes.map(({ id }) => wanted.has(id)),
      picks: Math.min(first.picks, passes.length),
      byPass: first.wishes === null,
      gives: gives.get(members[0]!) ?? [],
    };
  });
  return { crowds, crowdOf };
}
