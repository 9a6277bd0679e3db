import { z } from 'zod';

/**
 * The planning problem as a file: passes, rooms, workshops, attendees with ranked wishes, and pins.
 * `readInstance` turns what somebody wrote into an `Instance` with every default filled in, or says where it is wrong and why.
 */
const id = z.string().min(1);
const count = z.number().int().nonnegative();
const time = z.string().refine((text) => !Number.isNaN(Date.parse(text)), 'is not a time');
const timed = { starts: time.optional(), ends: time.optional() };

const sessionSchema = z.object({ workshop: id, pass: id, room: id, ...timed });
const allocationSchema = z.record(id, z.record(id, id.nullable()));

export const instanceSchema = z.object({
  name: z.string().optional(),
  source: z.unknown().optional(),
  passes: z.array(z.object({ id, ...timed })),
  rooms: z.array(
    z.object({ id, capacity: count, features: z.array(id).default([]), closed: z.array(id).default([]) }),
  ),
  workshops: z.array(
    z.object({
      id,
      presenters: z.array(id).default([]),
      minOfferings: count.nullish(),
      maxOfferings: count.nullish(),
      maxSize: count.nullish(),
      minSize: count.nullish(),
      requires: z.array(id).default([]),
      reserved: count.nullish(),
      passes: z.array(id).nullish(),
    }),
  ),
  sessions: z.array(sessionSchema).nullish(),
  attendees: z.array(
    z.object({
      id,
      wishes: z.array(id).optional(),
      wishesByPass: z.record(id, z.array(id)).optional(),
      picks: count.nullish(),
      cannot: z.array(id).default([]),
      organisation: id.nullish(),
      /** What an unlisted workshop counts as for this person; 1 + the longest list of the instance when left out. */
      unlisted: count.optional(),
    }),
  ),
  picksPerAttendee: count.nullish(),
  pins: z
    .array(
      z.union(
        [
          z.object({ id: id.optional(), attendee: id, pass: id, workshop: id.nullable() }),
          z
            .object({
              id: id.optional(),
              attendee: z.undefined().optional(),
              workshop: id,
              pass: id.optional(),
              room: id.optional(),
            })
            .refine((pin) => pin.pass !== undefined || pin.room !== undefined, 'names neither pass nor room'),
        ],
        'a pin has workshop with pass, room or both; or attendee, pass and workshop (null: no seat there)',
      ),
    )
    .default([]),
  groups: z.array(z.object({ id, passes: z.record(id, z.array(id)) })).default([]),
  previous: z
    .object({ sessions: z.array(sessionSchema).default([]), allocation: allocationSchema.default({}) })
    .nullish(),
});

export type InstanceFile = z.input<typeof instanceSchema>;
type Parsed = z.output<typeof instanceSchema>;

export interface Pass {
  readonly id: string;
  readonly starts?: string | undefined;
  readonly ends?: string | undefined;
}
export interface Room {
  readonly id: string;
  readonly capacity: number;
  readonly features: readonly string[];
  /** Passes in which the room may not be used. */
  readonly closed: readonly string[];
}
export interface Workshop {
  readonly id: string;
  readonly presenters: readonly string[];
  readonly minOfferings: number;
  readonly maxOfferings: number;
  /** Infinity where only the room limits. */
  readonly maxSize: number;
  readonly minSize: number;
  readonly requires: readonly string[];
  readonly reserved: number;
  /** Passes in which it may be given. */
  readonly passes: readonly string[];
}
export interface Session {
  readonly workshop: string;
  readonly pass: string;
  readonly room: string;
  readonly starts?: string | undefined;
  readonly ends?: string | undefined;
}
export interface Attendee {
  readonly id: string;
  /** Ranked workshops, or null where wishes are given pass by pass. */
  readonly wishes: readonly string[] | null;
  readonly wishesByPass: Readonly<Record<string, readonly string[]>>;
  readonly picks: number;
  readonly cannot: readonly string[];
  readonly organisation: string | null;
  /** The rank that an unlisted workshop, or a missing seat, counts as. */
  readonly unlisted: number;
}
export interface WorkshopPin {
  readonly id?: string | undefined;
  readonly attendee?: undefined;
  readonly workshop: string;
  readonly pass?: string | undefined;
  readonly room?: string | undefined;
}
export interface AttendeePin {
  readonly id?: string | undefined;
  readonly attendee: string;
  readonly pass: string;
  /** The workshop held in that pass; null for no seat there. */
  readonly workshop: string | null;
}
export type Pin = WorkshopPin | AttendeePin;
export interface Group {
  readonly id: string;
  /** By pass, the members who hold the same session there or none. */
  readonly passes: Readonly<Record<string, readonly string[]>>;
}
/** Seats by attendee and pass. */
export type Allocation = Readonly<Record<string, Readonly<Record<string, string | null>>>>;

export interface Instance {
  readonly name: string | null;
  readonly passes: readonly Pass[];
  readonly rooms: readonly Room[];
  readonly workshops: readonly Workshop[];
  readonly attendees: readonly Attendee[];
  /** The timetable where it is given and only seats are asked for; else null. */
  readonly fixed: readonly Session[] | null;
  readonly pins: readonly Pin[];
  readonly groups: readonly Group[];
  readonly previous: { readonly sessions: readonly Session[]; readonly allocation: Allocation } | null;
}

/** One thing that is wrong in an instance: where it stands, and why it cannot be read. */
export interface InstanceFault {
  readonly where: string;
  readonly why: string;
}

export class InstanceError extends Error {
  readonly faults: readonly InstanceFault[];
  constructor(faults: readonly InstanceFault[]) {
    super(faults.map((fault) => `${fault.where}: ${fault.why}`).join('\n'));
    this.name = 'InstanceError';
    this.faults = faults;
  }
}

/**
 * The instance with its defaults, or an InstanceError that names every fault (at most twenty). `onIgnored` hears where the file has a
 * key that is not read, and how often: keys of one name at one kind of place are told once.
 */
export function readInstance(
  file: unknown,
  onIgnored: (where: string, times: number) => void = () => {},
): Instance {
  const parsed = instanceSchema.safeParse(file);
  if (!parsed.success) {
    throw new InstanceError(
      parsed.error.issues
        .slice(0, 20)
        .map((issue) => ({ where: issue.path.join('.') || 'instance', why: issue.message })),
    );
  }
  const faults = referenceFaults(parsed.data);
  if (faults.length > 0) throw new InstanceError(faults.slice(0, 20));
  for (const { where, times } of ignoredKeys(file, parsed.data).values()) onIgnored(where, times);
  return withDefaults(parsed.data);
}

function withDefaults(data: Parsed): Instance {
  const passIds = data.passes.map((pass) => pass.id);
  const picks = data.picksPerAttendee ?? passIds.length;
  let longest = 0;
  for (const attendee of data.attendees) {
    const lists = attendee.wishesByPass ? Object.values(attendee.wishesByPass) : [attendee.wishes ?? []];
    for (const list of lists) longest = Math.max(longest, list.length);
  }
  return {
    name: data.name ?? null,
    passes: data.passes,
    rooms: data.rooms,
    workshops: data.workshops.map((workshop) => ({
      id: workshop.id,
      presenters: workshop.presenters,
      minOfferings: workshop.minOfferings ?? 1,
      maxOfferings: workshop.maxOfferings ?? passIds.length,
      maxSize: workshop.maxSize ?? Infinity,
      minSize: workshop.minSize ?? 0,
      requires: workshop.requires,
      reserved: workshop.reserved ?? 0,
      passes: workshop.passes ?? passIds,
    })),
    attendees: data.attendees.map((attendee) => ({
      id: attendee.id,
      wishes: attendee.wishesByPass ? null : (attendee.wishes ?? []),
      wishesByPass: attendee.wishesByPass ?? {},
      picks: attendee.picks ?? picks,
      cannot: attendee.cannot,
      organisation: attendee.organisation ?? null,
      unlisted: attendee.unlisted ?? 1 + longest,
    })),
    fixed: data.sessions ?? null,
    pins: data.pins,
    groups: data.groups,
    previous: data.previous ?? null,
  };
}

interface Ignored {
  /** Where it stands first. */
  readonly where: string;
  times: number;
}

/** Keys that the file has and what was read of it has not, by their places without numbers. */
function ignoredKeys(
  given: unknown,
  read: unknown,
  at: readonly string[] = [],
  found = new Map<string, Ignored>(),
): Map<string, Ignored> {
  if (!isTree(given) || !isTree(read) || given === read) return found;
  for (const [key, value] of Object.entries(given)) {
    const inside = read[key];
    if (inside === undefined) {
      const kind = [...at.filter((step) => !/^\d+$/u.test(step)), key].join('.');
      const before = found.get(kind);
      if (before) before.times++;
      else found.set(kind, { where: [...at, key].join('.'), times: 1 });
    } else if (isTree(value)) ignoredKeys(value, inside, [...at, key], found);
  }
  return found;
}

const isTree = (x: unknown): x is Readonly<Record<string, unknown>> => typeof x === 'object' && x !== null;

function referenceFaults(data: Parsed): InstanceFault[] {
  const faults: InstanceFault[] = [];
  const fault = (where: string, why: string): void => {
    faults.push({ where, why });
  };
  const ids = (list: readonly { id: string }[], where: string): Set<string> => {
    const seen = new Set<string>();
    for (const { id } of list) {
      if (seen.has(id)) fault(where, `${id} is there twice`);
      seen.add(id);
    }
    return seen;
  };
  const passes = ids(data.passes, 'passes');
  const rooms = ids(data.rooms, 'rooms');
  const workshops = ids(data.workshops, 'workshops');
  const attendees = ids(data.attendees, 'attendees');
  const known = (set: Set<string>, id: string, kind: string, where: string): void => {
    if (!set.has(id)) fault(where, `there is no ${kind} ${id}`);
  };
  const listed = (list: readonly string[], set: Set<string> | null, kind: string, where: string): void => {
    if (new Set(list).size !== list.length) fault(where, `a ${kind} is there twice`);
    if (set) for (const id of list) known(set, id, kind, where);
  };
  const timesFault = (
    times: { starts?: string | undefined; ends?: string | undefined },
    where: string,
  ): void => {
    if (times.starts === undefined && times.ends === undefined) return;
    if (!(Date.parse(times.starts ?? '') < Date.parse(times.ends ?? '')))
      fault(where, 'does not start before it ends');
  };

  for (const pass of data.passes) timesFault(pass, `pass ${pass.id}`);
  for (const room of data.rooms) {
    listed(room.features, null, 'feature', `room ${room.id} features`);
    listed(room.closed, passes, 'pass', `room ${room.id} closed`);
  }
  for (const workshop of data.workshops) {
    listed(workshop.presenters, null, 'presenter', `workshop ${workshop.id} presenters`);
    listed(workshop.requires, null, 'feature', `workshop ${workshop.id} requires`);
    listed(workshop.passes ?? [], passes, 'pass', `workshop ${workshop.id} passes`);
  }
  for (const attendee of data.attendees) {
    const where = `attendee ${attendee.id}`;
    listed(attendee.cannot, passes, 'pass', `${where} cannot`);
    if (!attendee.wishes && !attendee.wishesByPass) fault(where, 'has neither wishes nor wishesByPass');
    if (!attendee.wishesByPass) listed(attendee.wishes ?? [], workshops, 'workshop', `${where} wishes`);
    for (const [pass, list] of Object.entries(attendee.wishesByPass ?? {})) {
      known(passes, pass, 'pass', `${where} wishesByPass`);
      listed(list, workshops, 'workshop', `${where} wishes in ${pass}`);
    }
  }
  const fixed = new Set<string>();
  for (const session of data.sessions ?? []) {
    const where = `session ${session.workshop} in ${session.pass}`;
    known(workshops, session.workshop, 'workshop', where);
    known(passes, session.pass, 'pass', where);
    known(rooms, session.room, 'room', where);
    const key = JSON.stringify([session.workshop, session.pass]);
    if (fixed.has(key)) fault(where, 'is there twice');
    fixed.add(key);
    timesFault(session, where);
  }
  ids(data.groups, 'groups');
  for (const group of data.groups) {
    for (const [pass, members] of Object.entries(group.passes)) {
      known(passes, pass, 'pass', `group ${group.id}`);
      listed(members, attendees, 'attendee', `group ${group.id} in ${pass}`);
    }
  }
  for (const pin of data.pins) {
    const where = `pin ${pin.id ?? JSON.stringify(pin)}`;
    if (pin.attendee !== undefined) known(attendees, pin.attendee, 'attendee', where);
    if (pin.workshop !== null) known(workshops, pin.workshop, 'workshop', where);
    if (pin.pass !== undefined) known(passes, pin.pass, 'pass', where);
    if ('room' in pin && pin.room !== undefined) known(rooms, pin.room, 'room', where);
  }
  return faults;
}
