import type { Instance, InstanceFile } from '../../shared/planning/instance.ts';

/** A planning problem as a file that `npm run plan` reads. It holds ids and no names. */
export function instanceFile(instance: Instance): InstanceFile {
  const { passes, rooms, workshops, attendees, fixed, pins, previous } = instance;
  return {
    passes: [...passes],
    rooms: rooms.map((room) => ({ ...room, features: [...room.features], closed: [...room.closed] })),
    workshops: workshops.map((workshop) => ({
      ...workshop,
      maxSize: Number.isFinite(workshop.maxSize) ? workshop.maxSize : null,
      presenters: [...workshop.presenters],
      requires: [...workshop.requires],
      passes: [...workshop.passes],
    })),
    attendees: attendees.map(({ id, wishes, picks, cannot, organisation, unlisted }) => ({
      id,
      wishes: [...(wishes ?? [])],
      picks,
      cannot: [...cannot],
      organisation,
      unlisted,
    })),
    pins: pins.map((pin) => ({ ...pin })),
    ...(fixed && { sessions: [...fixed] }),
    ...(previous && {
      previous: { sessions: [...previous.sessions], allocation: structuredClone(previous.allocation) },
    }),
  };
}
