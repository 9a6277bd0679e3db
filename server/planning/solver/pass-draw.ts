import type { AttendeePin, Instance } from '../../../shared/planning/instance.ts';
import { drawOrder } from './lottery.ts';

/**
 * An instance as it is known when one pass is drawn: the passes before have been drawn, as `previous` says; what is wished for later is
 * not looked at. People stand in an order drawn from the seed, by which what is equal is decided. `losses` counts, by person in that order, the
 * draws before that they entered and got nothing in.
 */
export function atDrawOf(
  instance: Instance,
  pass: string,
  seed: number,
): { readonly instance: Instance; readonly losses: readonly number[] } {
  const ids = instance.passes.map(({ id }) => id);
  const now = ids.indexOf(pass);
  const before = ids.slice(0, now);
  const byId = new Map(instance.attendees.map((attendee) => [attendee.id, attendee]));
  const order = drawOrder([...byId.keys()], seed).map((id) => byId.get(id)!);
  const heldBy = (id: string, p: string): string | null => instance.previous?.allocation[id]?.[p] ?? null;
  const stand = order.flatMap(({ id }) =>
    before.map((p): AttendeePin => ({ attendee: id, pass: p, workshop: heldBy(id, p) })),
  );
  const known = new Set(ids.slice(0, now + 1));
  return {
    instance: {
      ...instance,
      attendees: order.map((attendee) => ({
        ...attendee,
        wishesByPass: Object.fromEntries(Object.entries(attendee.wishesByPass).filter(([p]) => known.has(p))),
      })),
      pins: [...instance.pins.filter((pin) => pin.attendee === undefined || pin.pass === pass), ...stand],
      groups: instance.groups.map((group) => ({
        ...group,
        passes: Object.fromEntries(Object.entries(group.passes).filter(([p]) => p === pass)),
      })),
    },
    losses: order.map(
      ({ id, wishesByPass, cannot }) =>
        before.filter((p) => wishesByPass[p]?.length && !cannot.includes(p) && heldBy(id, p) === null).length,
    ),
  };
}
