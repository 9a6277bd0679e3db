import type { Attendance } from '../../shared/onsite/contract.ts';
import type { Db } from '../core/statement.ts';
import { loadProgramme, own } from '../programme/queries.ts';
import { seatedPeople, waitingPeople } from '../registration/queries.ts';

/** Who comes to each session and who waits, in the order of the programme. */
export function listAttendance(db: Db, conferenceId: string): Attendance[] {
  const { passes, rooms, workshops, sessions } = loadProgramme(db, conferenceId);
  const seated = seatedPeople(db, conferenceId);
  const waiting = waitingPeople(db, conferenceId);
  return sessions.map(({ id, workshop, pass, room, seats }) => {
    const { code, title } = own(workshops, workshop);
    const { name } = own(rooms, room);
    return {
      session: id,
      workshop: { code, title },
      pass: own(passes, pass),
      room: { id: room, name },
      seats,
      attendees: seated.get(id) ?? [],
      waiting: waiting.get(id) ?? [],
    };
  });
}
