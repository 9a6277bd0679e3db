import { z } from 'zod';
import { conferenceParams } from '../conference/contract.ts';
import { endpoint } from '../core/endpoint.ts';
import { idSchema } from '../core/ids.ts';
import { nothingToPlan, picksWouldMove, planNotDone, planRunning, planStale } from './refusals.ts';
import {
  planObjectives,
  planPersonSchema,
  planSchema,
  planTimetables,
  planSummarySchema,
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
  query: z.strictObject({ find: z.string().min(1).max(200) }),
  out: z.strictObject({ items: z.array(planPersonSchema) }),
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
