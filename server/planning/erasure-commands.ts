import { eq, sql } from 'drizzle-orm';
import type { Change } from '../core/change.ts';
import { plans } from './tables.ts';

const someone = { sv: 'en raderad deltagare', en: 'an erased attendee' };

/** Takes a person out of the plans: their seats there, and their name where figures and reasons say it. */
export function forgetInPlans(
  { db }: Change,
  conferenceId: string,
  { id, name }: { readonly id: string; readonly name: string },
): void {
  const path = `$."${id}"`;
  db.update(plans)
    .set({
      allocation: sql`json_remove(${plans.allocation}, ${path})`,
      replaced: sql`json_remove(${plans.replaced}, ${path})`,
      draws: sql`json_remove(${plans.draws}, ${path})`,
    })
    .where(eq(plans.conferenceId, conferenceId))
    .run();
  const rows = db
    .select({ id: plans.id, figures: plans.figures, reasons: plans.reasons })
    .from(plans)
    .where(eq(plans.conferenceId, conferenceId))
    .all();
  for (const { id: planId, figures, reasons } of rows) {
    db.update(plans)
      .set({
        figures: figures && {
          ...figures,
          worstServed: figures.worstServed.filter((served) => served.name !== name),
        },
        reasons:
          reasons &&
          reasons.map(({ sv, en }) => ({
            sv: sv.replaceAll(name, someone.sv),
            en: en.replaceAll(name, someone.en),
          })),
      })
      .where(eq(plans.id, planId))
      .run();
  }
}
