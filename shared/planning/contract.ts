import { z } from 'zod';
import { conferenceParams } from '../conference/contract.ts';
import { endpoint } from '../core/endpoint.ts';
import { idSchema } from '../core/ids.ts';
import { lacksFeature, notInThatPass, roomClosed } from '../programme/refusals.ts';
import {
  nothingToPlan,
  picksWouldMove,
  pinExists,
  pinSaysNothing,
  planNotDone,
  planRunning,
  planStale,
} from './refusals.ts';
import {
  moveCostSchema,
  pinSchema,
  planMoveSchema,
  planObjectives,
  planPersonSchema,
  planSchema,
  planSummarySchema,
  planTimetables,
} from './vocabulary.ts';

const planParams = conferenceParams.extend({ planId: idSchema });

export const listPlans = endpoint({
  name: 'listPlans',
  summary: 'Every plan of the conference, newest first',
  method: 'GET',
  path: '/api/conferences/:slug/plans',
  action: 'see plans',
  params: conferenceParams,
  out: z.strictObject({ items: z.array(planSummarySchema) }),
});

export const runPlan = endpoint({
  name: 'runPlan',
  summary: 'Compute a plan from the wishes; answers at once, follow it under progress',
  method: 'POST',
  path: '/api/conferences/:slug/plans',
  action: 'run plans',
  params: conferenceParams,
  body: z.strictObject({
    objective: z.enum(planObjectives),
    timetable: z.enum(planTimetables),
    seconds: z
      .int()
      .min(1)
      .max(600)
      .meta({ examples: [20] }),
    /** Of the draw between plans that are worth the same; left out: a fresh one. */
    seed: z.int().min(0).max(2_147_483_647).optional(),
  }),
  out: planSummarySchema,
  refusals: [planRunning, nothingToPlan],
});

export const getPlan = endpoint({
  name: 'getPlan',
  summary: 'One plan with its figures and its timetable',
  method: 'GET',
  path: '/api/conferences/:slug/plans/:planId',
  action: 'see plans',
  params: planParams,
  out: planSchema,
});

export const findInPlan = endpoint({
  name: 'findInPlan',
  summary: 'Attendees by name, with what the plan gives them and why; at most twenty',
  method: 'GET',
  path: '/api/conferences/:slug/plans/:planId/attendees',
  action: 'see plans',
  params: planParams,
  query: z.strictObject({ find: z.string().max(200).default('') }),
  out: z.strictObject({ items: z.array(planPersonSchema) }),
});

export const listMoves = endpoint({
  name: 'listMoves',
  summary: 'Exactly who holds other seats in the plan than now, from where to where and why',
  method: 'GET',
  path: '/api/conferences/:slug/plans/:planId/moves',
  action: 'see plans',
  params: planParams,
  out: z.strictObject({ items: z.array(planMoveSchema) }),
});

export const pricePlan = endpoint({
  name: 'pricePlan',
  summary:
    'Measure what each pin and each closed room costs, by planning again without it; kept with the plan',
  method: 'PUT',
  path: '/api/conferences/:slug/plans/:planId/prices',
  action: 'run plans',
  params: planParams,
  out: planSchema,
  refusals: [planStale, planNotDone],
});

export const costOfMoves = endpoint({
  name: 'costOfMoves',
  summary:
    'What every place on the board would cost for one session, or for one more of a workshop; places that cannot be are left out',
  method: 'POST',
  path: '/api/conferences/:slug/move-costs',
  action: 'see plans',
  params: conferenceParams,
  body: z.strictObject({ workshopId: idSchema, sessionId: idSchema.optional() }),
  out: z.strictObject({
    /** Whether people hold seats: then `moved` is what counts. */
    held: z.boolean(),
    items: z.array(moveCostSchema),
  }),
});

export const listPins = endpoint({
  name: 'listPins',
  summary: 'What the organiser has decided that every plan must respect',
  method: 'GET',
  path: '/api/conferences/:slug/pins',
  action: 'see plans',
  params: conferenceParams,
  out: z.strictObject({ items: z.array(pinSchema) }),
});

export const addPin = endpoint({
  name: 'addPin',
  summary: 'Pin a workshop to a pass, a room or both, or an attendee to a seat; plans of before are stale',
  method: 'POST',
  path: '/api/conferences/:slug/pins',
  action: 'run plans',
  params: conferenceParams,
  body: z.union([
    z.strictObject({ workshopId: idSchema, passId: idSchema.optional(), roomId: idSchema.optional() }),
    /** Without a workshop: no seat in that pass. */
    z.strictObject({ attendeeId: idSchema, passId: idSchema, workshopId: idSchema.nullable() }),
  ]),
  out: pinSchema,
  refusals: [pinExists, pinSaysNothing, notInThatPass, roomClosed, lacksFeature],
});

export const removePin = endpoint({
  name: 'removePin',
  summary: 'Take a pin away; plans of before are stale',
  method: 'DELETE',
  path: '/api/conferences/:slug/pins/:pinId',
  action: 'run plans',
  params: conferenceParams.extend({ pinId: idSchema }),
  out: z.strictObject({ removed: idSchema }),
});

export const followPlan = endpoint({
  name: 'followPlan',
  summary: 'Progress of a running plan as server-sent events named progress; ends when the plan does',
  method: 'GET',
  path: '/api/conferences/:slug/plans/:planId/progress',
  action: 'see plans',
  params: planParams,
  produces: 'text/event-stream',
});

export const cancelPlan = endpoint({
  name: 'cancelPlan',
  summary: 'Stop a running plan; the best found so far is kept',
  method: 'DELETE',
  path: '/api/conferences/:slug/plans/:planId/run',
  action: 'run plans',
  params: planParams,
  out: planSummarySchema,
});

export const publishPlan = endpoint({
  name: 'publishPlan',
  summary: 'Write the timetable and the seats of a plan as sessions and picks',
  method: 'PUT',
  path: '/api/conferences/:slug/plans/:planId/publication',
  action: 'publish plans',
  params: planParams,
  out: planSchema,
  refusals: [planStale, planNotDone, picksWouldMove],
});
