import { z } from 'zod';
import { conferenceParams } from '../conference/contract.ts';
import { endpoint } from '../core/endpoint.ts';
import { idSchema } from '../core/ids.ts';
import { passSchema, roomSchema, workshopCodeSchema } from '../programme/vocabulary.ts';

const attendanceSchema = z.strictObject({
  session: idSchema,
  workshop: z.strictObject({ code: workshopCodeSchema, title: z.string() }),
  pass: passSchema,
  room: roomSchema.pick({ id: true, name: true }),
  seats: z.int(),
  attendees: z.array(z.strictObject({ id: idSchema, name: z.string(), organisation: z.string().nullable() })),
  /** In the order of the queue. */
  waiting: z.array(z.strictObject({ id: idSchema, name: z.string(), organisation: z.string().nullable() })),
});
export type Attendance = z.infer<typeof attendanceSchema>;

export const getAttendance = endpoint({
  name: 'getAttendance',
  summary: 'Who has a seat in a session, by name, and who waits',
  method: 'GET',
  path: '/api/conferences/:slug/sessions/:sessionId/attendance',
  action: 'see attendance',
  params: conferenceParams.extend({ sessionId: idSchema }),
  out: attendanceSchema,
});

/** Columns: pass, room, code, title, name, organisation. No mail addresses. */
export const exportAttendance = endpoint({
  name: 'exportAttendance',
  summary: 'The attendance list of one session, or of all, as CSV',
  method: 'GET',
  path: '/api/conferences/:slug/attendance.csv',
  action: 'see attendance',
  params: conferenceParams,
  query: z.strictObject({ session: idSchema.optional() }),
  produces: 'text/csv',
});
