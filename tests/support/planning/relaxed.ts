import type { InstanceFile } from '../../../shared/planning/instance.ts';
import type { Requirement, RequirementKind } from '../../../shared/planning/requirements.ts';

/** Requirements that speak of the timetable alone: an instance without people can hold exactly some of them. */
const ofTimetable: readonly RequirementKind[] = [
  'pin',
  'closed',
  'passes',
  'requires',
  'at-most',
  'at-least',
  'presents',
];

export const speaksOfTimetable = ({ kind, about }: Requirement): boolean =>
  ofTimetable.includes(kind) && about.every((fact) => kind === 'presents' || fact.person === undefined);

/** The instance with nobody in it and of its requirements only those given. */
export function onlyWith(file: InstanceFile, requirements: readonly Requirement[]): InstanceFile {
  const facts = (kind: RequirementKind): Requirement['about'] =>
    requirements.filter((one) => one.kind === kind).flatMap(({ about }) => about);
  const says = (kind: RequirementKind, workshop: string): boolean =>
    facts(kind).some((fact) => fact.workshop === workshop);
  return {
    passes: file.passes,
    picksPerAttendee: 0,
    attendees: [],
    rooms: file.rooms.map((room) => ({
      ...room,
      closed: facts('closed')
        .filter((fact) => fact.room === room.id)
        .map((fact) => fact.pass!),
    })),
    workshops: file.workshops.map((workshop) => ({
      id: workshop.id,
      presenters: facts('presents')
        .filter((fact) => fact.workshop === workshop.id)
        .map((fact) => fact.person!),
      requires: facts('requires')
        .filter((fact) => fact.workshop === workshop.id)
        .map((fact) => fact.feature!),
      minOfferings: says('at-least', workshop.id) ? (workshop.minOfferings ?? 1) : 0,
      ...(says('at-most', workshop.id) ? { maxOfferings: workshop.maxOfferings } : {}),
      ...(says('passes', workshop.id) ? { passes: workshop.passes } : {}),
    })),
    pins: facts('pin').map(({ workshop, pass, room }) => ({
      workshop: workshop!,
      ...(pass === undefined ? {} : { pass }),
      ...(room === undefined ? {} : { room }),
    })),
  };
}
