import type { Instance } from '../../../shared/planning/instance.ts';
import { passesWanted, seatsOf, sessionTimes, timesOverlap } from '../../../shared/planning/standings.ts';

/**
 * An instance in numbers: passes, workshops, rooms and people by index, everything the search touches in typed arrays.
 * A cell is a workshop in a pass, `cell = pass · W + workshop`.
 */
export interface Problem {
  readonly instance: Instance;
  readonly P: number;
  readonly W: number;
  readonly R: number;
  readonly N: number;
  /** rank[person · personStride + pass · passStride + workshop]; the person's `unlisted` where not wished. */
  readonly rank: Uint16Array;
  readonly personStride: number;
  readonly passStride: number;
  /** By person: what an unlisted workshop or a missing seat counts as. */
  readonly unlisted: Uint16Array;
  /** By person: wishes are given pass by pass, seats are optional and only in wished workshops. */
  readonly byPass: Uint8Array;
  /** By person · P + pass: may hold a seat there, presenting aside. */
  readonly can: Uint8Array;
  readonly picks: Uint16Array;
  /** By person · P + pass: the pinned workshop, −2 for pinned to no seat, −1 for no pin, −3 for pins that contradict. */
  readonly pinned: Int16Array;
  /** By workshop: people (by index) who present it. */
  readonly presentingPeople: readonly (readonly number[])[];
  /** By presenter who gives several workshops: those workshops. */
  readonly sharedPresenters: readonly (readonly number[])[];
  /** By workshop · W + workshop: 1 where one presenter gives both (a workshop with presenters shares them with itself). */
  readonly sharePresenter: Uint8Array;
  /** By cell · R + room: seats there, −1 where it may not be (features, closed, passes, pinned rooms, fixed timetable). */
  readonly slotSeats: Int32Array;
  /** By cell: 1 where it must be given. */
  readonly must: Uint8Array;
  readonly minOfferings: Uint16Array;
  readonly maxOfferings: Uint16Array;
  readonly minSize: Int32Array;
  /** Pairs of cells of a fixed timetable that overlap in time across passes. */
  readonly overlaps: readonly (readonly [number, number])[];
  readonly groups: readonly { readonly pass: number; readonly members: readonly number[] }[];
  readonly fixed: boolean;
  /** By person · P + pass: the workshop held in the previous plan, −1 for none; null without one. */
  readonly previous: Int16Array | null;
}

export function compileProblem(instance: Instance): Problem {
  const { passes, rooms, workshops, attendees } = instance;
  const P = passes.length;
  const W = workshops.length;
  const R = rooms.length;
  const N = attendees.length;
  const indexOf = (list: readonly { id: string }[]): Map<string, number> =>
    new Map(list.map((item, index) => [item.id, index]));
  const passIndex = indexOf(passes);
  const workshopIndex = indexOf(workshops);
  const roomIndex = indexOf(rooms);
  const personIndex = indexOf(attendees);
  const at = (index: Map<string, number>, id: string): number => index.get(id) ?? -1;

  const anyByPass = attendees.some((attendee) => attendee.wishes === null);
  const passStride = anyByPass ? W : 0;
  const personStride = anyByPass ? P * W : W;
  const rank = new Uint16Array(N * personStride);
  const unlisted = new Uint16Array(N);
  const byPass = new Uint8Array(N);
  const can = new Uint8Array(N * P);
  const picks = new Uint16Array(N);
  attendees.forEach((attendee, a) => {
    unlisted[a] = attendee.unlisted;
    byPass[a] = attendee.wishes === null ? 1 : 0;
    picks[a] = Math.min(attendee.picks, P);
    const base = a * personStride;
    rank.fill(attendee.unlisted, base, base + personStride);
    for (let p = 0; p < (anyByPass ? P : 1); p++) {
      const list = attendee.wishes ?? attendee.wishesByPass[passes[p]?.id ?? ''] ?? [];
      list.forEach((id, place) => {
        rank[base + p * passStride + at(workshopIndex, id)] = place + 1;
      });
    }
    for (const pass of passesWanted(instance, attendee)) can[a * P + at(passIndex, pass)] = 1;
  });

  const sharePresenter = new Uint8Array(W * W);
  const workshopsOf = new Map<string, number[]>();
  workshops.forEach((workshop, w) => {
    for (const presenter of workshop.presenters) {
      workshopsOf.set(presenter, [...(workshopsOf.get(presenter) ?? []), w]);
    }
  });
  for (const given of workshopsOf.values()) {
    for (const v of given) for (const w of given) sharePresenter[v * W + w] = 1;
  }

  const pinned = new Int16Array(N * P).fill(-1);
  const must = new Uint8Array(P * W);
  const slotSeats = slotsOf(instance);
  for (const pin of instance.pins) {
    const w = pin.workshop === null ? -2 : at(workshopIndex, pin.workshop);
    if (pin.attendee !== undefined) {
      const place = at(personIndex, pin.attendee) * P + at(passIndex, pin.pass);
      pinned[place] = pinned[place] === -1 || pinned[place] === w ? w : -3;
      if (w >= 0) must[at(passIndex, pin.pass) * W + w] = 1;
      continue;
    }
    if (pin.pass !== undefined) must[at(passIndex, pin.pass) * W + w] = 1;
    if (pin.room === undefined) continue;
    for (let p = 0; p < P; p++) {
      if (pin.pass !== undefined && at(passIndex, pin.pass) !== p) continue;
      for (let r = 0; r < R; r++) {
        if (r !== at(roomIndex, pin.room)) slotSeats[(p * W + w) * R + r] = -1;
      }
    }
  }

  const overlaps: [number, number][] = [];
  if (instance.fixed) {
    const here = new Map(
      instance.fixed.map((s) => [at(passIndex, s.pass) * W + at(workshopIndex, s.workshop), s]),
    );
    const times = [...here].map(([cell, session]) => ({ cell, ...sessionTimes(session) }));
    const timed = times
      .filter((t) => !Number.isNaN(t.from))
      .sort((x, y) => x.from - y.from || x.cell - y.cell);
    for (const [i, a] of timed.entries()) {
      for (let j = i + 1; j < timed.length; j++) {
        const b = timed[j]!;
        if (b.from >= a.to) break;
        if (timesOverlap(a, b) && Math.floor(a.cell / W) !== Math.floor(b.cell / W))
          overlaps.push([a.cell, b.cell]);
      }
    }
    for (const [cell, session] of here) {
      const w = cell % W;
      const room = at(roomIndex, session.room);
      for (let r = 0; r < R; r++) if (r !== room) slotSeats[cell * R + r] = -1;
      if ((workshops[w]?.minSize ?? 0) === 0) must[cell] = 1;
    }
    for (let cell = 0; cell < P * W; cell++) {
      if (!here.has(cell)) slotSeats.fill(-1, cell * R, (cell + 1) * R);
    }
  }

  return {
    instance,
    P,
    W,
    R,
    N,
    rank,
    personStride,
    passStride,
    unlisted,
    byPass,
    can,
    picks,
    pinned,
    presentingPeople: workshops.map((workshop) =>
      workshop.presenters.map((id) => at(personIndex, id)).filter((a) => a >= 0),
    ),
    sharedPresenters: [...workshopsOf.values()].filter((given) => given.length > 1),
    sharePresenter,
    slotSeats,
    must,
    minOfferings: Uint16Array.from(workshops, (w) => (instance.fixed ? 0 : Math.min(w.minOfferings, 65535))),
    maxOfferings: Uint16Array.from(workshops, (w) => (instance.fixed ? P : Math.min(w.maxOfferings, P))),
    minSize: Int32Array.from(workshops, (w) => w.minSize),
    overlaps,
    groups: instance.groups.flatMap((group) =>
      Object.entries(group.passes).map(([pass, members]) => ({
        pass: at(passIndex, pass),
        members: members.map((id) => at(personIndex, id)),
      })),
    ),
    fixed: instance.fixed !== null,
    previous: previousSeats(instance, personIndex, passIndex, workshopIndex),
  };
}

/** Seats by cell and room, −1 where features, a closed room or the workshop's passes forbid it. */
function slotsOf({ passes, workshops, rooms }: Instance): Int32Array {
  const W = workshops.length;
  const R = rooms.length;
  const seats = new Int32Array(passes.length * W * R).fill(-1);
  workshops.forEach((workshop, w) => {
    rooms.forEach((room, r) => {
      if (!workshop.requires.every((feature) => room.features.includes(feature))) return;
      passes.forEach((pass, p) => {
        if (!workshop.passes.includes(pass.id) || room.closed.includes(pass.id)) return;
        // Where it could never reach its min size it cannot run.
        if (seatsOf(workshop, room) < workshop.minSize) return;
        seats[(p * W + w) * R + r] = seatsOf(workshop, room);
      });
    });
  });
  return seats;
}

function previousSeats(
  { previous, passes, attendees }: Instance,
  personIndex: Map<string, number>,
  passIndex: Map<string, number>,
  workshopIndex: Map<string, number>,
): Int16Array | null {
  if (!previous) return null;
  const P = passes.length;
  const seats = new Int16Array(attendees.length * P).fill(-1);
  for (const [id, held] of Object.entries(previous.allocation)) {
    const a = personIndex.get(id);
    if (a === undefined) continue;
    for (const [pass, workshop] of Object.entries(held)) {
      const p = passIndex.get(pass);
      // A workshop or pass that is no longer there can never be held again: −2 differs from every seat.
      if (workshop !== null && P > 0)
        seats[a * P + (p ?? 0)] = p === undefined ? -2 : (workshopIndex.get(workshop) ?? -2);
    }
  }
  return seats;
}
