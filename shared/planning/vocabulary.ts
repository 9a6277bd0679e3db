import { z } from 'zod';
import { idSchema } from '../core/ids.ts';
import { refusalKind } from '../core/refusal.ts';
import { instantSchema } from '../core/time.ts';
import { workshopCodeSchema } from '../programme/vocabulary.ts';

export const planStates = ['running', 'done', 'infeasible', 'failed', 'cancelled'] as const;
export type PlanState = (typeof planStates)[number];

/** The objectives an organiser can ask for; their values are defined in docs/solver.md. */
export const planObjectives = ['ranks', 'fair', 'top', 'changes'] as const;

const measure = z.union([z.number(), z.array(z.number())]);

/** What people understand of a plan. Counts are of seats or of attendees, as named. */
export const planFiguresSchema = z.strictObject({
  attendees: z.int(),
  seats: z.int(),
  /** Seats by rank: index 0 is the first wish; the last entry is unlisted workshops. */
  profile: z.array(z.int()),
  firstWish: z.int(),
  allTopPicks: z.int(),
  worstRegret: z.int(),
  /** The attendees at the worst regret, at most 20 of them. */
  worstServed: z.array(z.strictObject({ name: z.string(), ranks: z.array(z.int().nullable()) })),
  fillMin: z.number(),
  fillMax: z.number(),
  /** Against what is published now: attendees whose seats differ, and sessions that differ. */
  movedAttendees: z.int(),
  movedSessions: z.int(),
});
export type PlanFigures = z.infer<typeof planFiguresSchema>;

export const plannedSessionSchema = z.strictObject({
  workshop: workshopCodeSchema,
  pass: idSchema,
  room: idSchema,
  taken: z.int(),
  seats: z.int(),
});

export const planSummarySchema = z.strictObject({
  id: idSchema,
  number: z.int().min(1),
  state: z.enum(planStates),
  objective: z.enum(planObjectives),
  timetable: z.enum(['free', 'kept']),
  createdAt: instantSchema,
  seconds: z.number().nullable(),
  value: measure.nullable(),
  bound: measure.nullable(),
  gap: z.number().nullable(),
  proven: z.boolean(),
  publishedAt: instantSchema.nullable(),
  /** The facts a plan was computed from have changed since: it can be looked at but not published. */
  stale: z.boolean(),
});
export type PlanSummary = z.infer<typeof planSummarySchema>;

export const planSchema = planSummarySchema.extend({
  figures: planFiguresSchema.nullable(),
  sessions: z.array(plannedSessionSchema),
  /** Why there is no plan, in words; empty where there is one. */
  reasons: z.array(z.strictObject({ sv: z.string(), en: z.string() })),
});
export type Plan = z.infer<typeof planSchema>;

/** One step of a running plan, as the screen follows it. */
export const planProgressSchema = z.strictObject({
  state: z.enum(planStates),
  seconds: z.number(),
  value: measure.nullable(),
  bound: measure.nullable(),
  gap: z.number().nullable(),
  trying: z.string(),
});
export type PlanProgress = z.infer<typeof planProgressSchema>;

export const planRunning = refusalKind<{ number: number }>('plan-running', {
  status: 409,
  title: { sv: 'En plan räknas redan', en: 'A plan is already being computed' },
  detail: ({ number }) => ({
    sv: `Plan ${number} räknas just nu. Vänta tills den är klar eller avbryt den.`,
    en: `Plan ${number} is being computed. Wait until it is done, or cancel it.`,
  }),
  facts: (facts) => facts,
  example: { number: 4 },
});

export const nothingToPlan = refusalKind<{ missing: 'passes' | 'rooms' | 'workshops' | 'attendees' }>(
  'nothing-to-plan',
  {
    status: 409,
    title: { sv: 'Det saknas något att planera', en: 'Something to plan is missing' },
    detail: ({ missing }) => {
      const words = {
        passes: { sv: 'pass', en: 'passes' },
        rooms: { sv: 'lokaler', en: 'rooms' },
        workshops: { sv: 'workshoppar', en: 'workshops' },
        attendees: { sv: 'deltagare', en: 'attendees' },
      }[missing];
      return {
        sv: `Konferensen har inga ${words.sv} än. Lägg till dem först.`,
        en: `The conference has no ${words.en} yet. Add them first.`,
      };
    },
    facts: (facts) => facts,
    example: { missing: 'rooms' },
  },
);

export const planStale = refusalKind<{ number: number; changes: string[] }>('stale', {
  status: 409,
  title: { sv: 'Planen är inaktuell', en: 'The plan is out of date' },
  detail: ({ number }) => ({
    sv: `Något har ändrats sedan plan ${number} räknades. Räkna en ny plan. Det som är publicerat ligger kvar.`,
    en: `Something has changed since plan ${number} was computed. Compute a new plan. What is published stays.`,
  }),
  facts: (facts) => facts,
  example: { number: 4, changes: ['editRoom'] },
});

export const planNotDone = refusalKind<{ number: number }>('plan-not-done', {
  status: 409,
  title: { sv: 'Planen är inte klar', en: 'The plan is not done' },
  detail: ({ number }) => ({
    sv: `Plan ${number} har inget färdigt resultat att publicera.`,
    en: `Plan ${number} has no finished result to publish.`,
  }),
  facts: (facts) => facts,
  example: { number: 4 },
});

export const picksWouldMove = refusalKind<{ moved: number }>('picks-would-move', {
  status: 409,
  title: { sv: 'Planen flyttar på folk', en: 'The plan moves people' },
  detail: ({ moved }) => ({
    sv: `Valen har öppnat och planen ändrar platserna för ${moved} deltagare. Efter öppningen kan bara planer med målet ”minsta ändring” publiceras.`,
    en: `Choosing has opened and the plan changes the seats of ${moved} attendees. After the opening only plans with the objective “fewest changes” can be published.`,
  }),
  facts: (facts) => facts,
  example: { moved: 12 },
});
