import { asc, eq, sql } from 'drizzle-orm';
import { toIso } from '../../shared/core/time.ts';
import { whyNotMet } from '../../shared/planning/reasons.ts';
import type { Me } from '../../shared/registration/contract.ts';
import { type Db, statement } from '../core/statement.ts';
import { attendees, presenters } from '../people/tables.ts';
import { absences, passes, workshopPresenters, workshops } from '../programme/tables.ts';
import { wishes } from '../registration/tables.ts';
import { planOf, publishedPlan, type PlanRow, seatsOfPlan } from './queries.ts';
import type { StoredAllocation, StoredSession } from './tables.ts';

/** What the published plan gave an attendee, and why wishes ahead of the worst seat were not met; null where no plan gave them anything. */
export function planResultFor(db: Db, attendeeId: string): Me['result'] {
  const conferenceId = conferenceOfAttendee(db).get({ attendeeId })?.conferenceId;
  const published = conferenceId === undefined ? undefined : publishedPlan(db, conferenceId);
  if (conferenceId === undefined || !published) return null;
  const { plan, allocation } = keptPlan(db, conferenceId, published);
  const seats = allocation[attendeeId];
  if (!seats) return null;

  const wished = wishesOf(db).all({ attendeeId });
  const rankOf = (workshop: string): number | null =>
    1 + wished.findIndex((wish) => wish.workshop === workshop) || null;
  const codeOf = new Map((plan.sessions ?? []).map(({ workshop, code }) => [workshop, code]));
  const passRows = passesOf(db).all({ conferenceId });
  const given = passRows.flatMap(({ id }) => {
    const workshop = seats[id];
    return workshop === undefined ? [] : [{ pass: id, workshop, rank: rankOf(workshop) }];
  });

  const worst = Math.max(0, ...given.map(({ rank }) => rank ?? Infinity));
  const unmet = wished.filter(
    (wish, i) => i + 1 < worst && !given.some(({ workshop }) => workshop === wish.workshop),
  );
  const gives = new Set(
    givenBy(db)
      .all({ attendeeId })
      .map(({ workshop }) => workshop),
  );
  const away = new Set(
    awayOf(db)
      .all({ attendeeId })
      .map(({ pass }) => pass),
  );
  const stored = plan.sessions ?? [];
  const sessionsOf = (workshop: string, rank: number) =>
    passRows.flatMap(({ id, name }) => {
      const session = stored.find((s) => s.workshop === workshop && s.pass === id);
      if (!session) return [];
      const own = stored.find((s) => s.pass === id && gives.has(s.workshop));
      const instead = given.find(({ pass }) => pass === id);
      return {
        pass: name,
        seats: session.seats,
        taken: session.taken,
        presents: own?.code ?? null,
        cannotCome: away.has(id),
        instead: instead
          ? {
              workshop: codeOf.get(instead.workshop) ?? '',
              wishedMore: (instead.rank ?? Infinity) < rank,
            }
          : null,
      };
    });
  return {
    plan: plan.number,
    publishedAt: toIso(plan.publishedAt!),
    seats: given.map(({ pass, workshop, rank }) => ({ pass, workshop: codeOf.get(workshop) ?? '', rank })),
    reasons: unmet.map(({ workshop, code }) => {
      const demand = demandFor(stored, workshop);
      return {
        workshop: code,
        reason: whyNotMet({ workshop: code, ...demand, sessions: sessionsOf(workshop, rankOf(workshop)!) }),
      };
    }),
  };
}

function demandFor(sessions: readonly StoredSession[], workshop: string): { first: number; wished: number } {
  const session = sessions.find((s) => s.workshop === workshop);
  return { first: session?.first ?? 0, wished: session?.wished ?? 0 };
}

interface KeptPlan {
  readonly plan: PlanRow;
  readonly allocation: StoredAllocation;
}

/** What a published plan gave does not change, and reading it all takes long where many attend: a few are kept. */
const keptPlans = new Map<string, KeptPlan>();
const mostKept = 4;

function keptPlan(
  db: Db,
  conferenceId: string,
  { id, publishedAt }: { id: string; publishedAt: number | null },
): KeptPlan {
  const key = `${id} ${publishedAt}`;
  const kept = keptPlans.get(key);
  if (kept) return kept;
  const read = { plan: planOf(db, conferenceId, id), allocation: seatsOfPlan(db, id).allocation };
  for (const other of keptPlans.keys()) {
    if (keptPlans.size < mostKept) break;
    keptPlans.delete(other);
  }
  keptPlans.set(key, read);
  return read;
}

const conferenceOfAttendee = statement((db) =>
  db
    .select({ conferenceId: attendees.conferenceId })
    .from(attendees)
    .where(eq(attendees.id, sql.placeholder('attendeeId')))
    .prepare(),
);

const passesOf = statement((db) =>
  db
    .select({ id: passes.id, name: passes.name })
    .from(passes)
    .where(eq(passes.conferenceId, sql.placeholder('conferenceId')))
    .orderBy(asc(passes.startsAt))
    .prepare(),
);

const wishesOf = statement((db) =>
  db
    .select({ workshop: wishes.workshopId, code: workshops.code })
    .from(wishes)
    .innerJoin(workshops, eq(workshops.id, wishes.workshopId))
    .where(eq(wishes.attendeeId, sql.placeholder('attendeeId')))
    .orderBy(asc(wishes.rank))
    .prepare(),
);

const givenBy = statement((db) =>
  db
    .select({ workshop: workshopPresenters.workshopId })
    .from(workshopPresenters)
    .innerJoin(presenters, eq(presenters.id, workshopPresenters.presenterId))
    .where(eq(presenters.attendeeId, sql.placeholder('attendeeId')))
    .prepare(),
);

const awayOf = statement((db) =>
  db
    .select({ pass: absences.passId })
    .from(absences)
    .where(eq(absences.attendeeId, sql.placeholder('attendeeId')))
    .prepare(),
);
