import { and, asc, eq, sql } from 'drizzle-orm';
import { toIso } from '../../shared/core/time.ts';
import { whyGiven, whyNotMet } from '../../shared/planning/reasons.ts';
import type { PlanPerson } from '../../shared/planning/vocabulary.ts';
import type { Me } from '../../shared/registration/contract.ts';
import { organisations } from '../conference/tables.ts';
import { whatStands } from '../core/change.ts';
import { type Db, statement } from '../core/statement.ts';
import { attendees, presenters } from '../people/tables.ts';
import { workshopPresenters, workshops } from '../programme/tables.ts';
import { boundPasses, orderedPasses, type Reading } from '../registration/picks-queries.ts';
import { wishes } from '../registration/tables.ts';
import { planOf, publishedPlan, type PlanRow, seatsOfPlan } from './queries.ts';
import { pins, type StoredAllocation, type StoredDraws, type StoredSession } from './tables.ts';

/** What the published plan gave an attendee, why those seats, and why wishes ahead of the worst seat were not met; null where no plan gave them anything. */
export function planResultFor(
  asking: Reading,
  { conferenceId, id: attendeeId }: { readonly conferenceId: string; readonly id: string },
): Me['result'] {
  const { db } = asking;
  const { published } = whatStands(asking, `published ${conferenceId}`, () => ({
    published: publishedPlan(db, conferenceId),
  }));
  if (!published) return null;
  const kept = keptPlan(db, conferenceId, published);
  if (!kept.allocation[attendeeId]) return null;
  const { number, seed, publishedAt } = kept.plan;
  return { plan: number, publishedAt: toIso(publishedAt!), seed, ...resultIn(asking, kept, attendeeId) };
}

/** Attendees whose name holds the words, each with what a plan gives them and why. */
export function planPeople(db: Db, plan: PlanRow, find: string): PlanPerson[] {
  const seats = { plan, ...seatsOfPlan(db, plan.id) };
  const escaped = find.replaceAll(/[\\%_]/gu, String.raw`\$&`);
  return db
    .select({ id: attendees.id, name: attendees.name, organisation: organisations.name })
    .from(attendees)
    .leftJoin(organisations, eq(organisations.id, attendees.organisationId))
    .where(
      and(
        eq(attendees.conferenceId, plan.conferenceId),
        sql`${attendees.name} like ${`%${escaped}%`} escape '\\'`,
      ),
    )
    .orderBy(asc(attendees.name), asc(attendees.id))
    .limit(mostPeople)
    .all()
    .map((person) => ({ ...person, ...resultIn({ db }, seats, person.id) }));
}

const mostPeople = 20;

/** The seats of one person in a plan and the wishes that it did not meet, with reasons. */
function resultIn(
  asking: Reading,
  { plan, allocation, draws }: KeptPlan,
  attendeeId: string,
): Pick<NonNullable<Me['result']>, 'seats' | 'reasons'> {
  const { db } = asking;
  const seats = allocation[attendeeId] ?? {};
  const wished = wishesOf(db).all({ attendeeId });
  const rankOf = (workshop: string): number | null =>
    1 + wished.findIndex((wish) => wish.workshop === workshop) || null;
  const stored = plan.sessions ?? [];
  const codeOf = new Map(stored.map(({ workshop, code }) => [workshop, code]));
  const passRows = [...orderedPasses(asking, plan.conferenceId)].map(([id, { name }]) => ({ id, name }));
  const given = passRows.flatMap(({ id, name }) => {
    const workshop = seats[id];
    return workshop === undefined ? [] : [{ pass: id, name, workshop, rank: rankOf(workshop) }];
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
  const { cannot } = boundPasses(asking, attendeeId);
  const pinned = new Set(
    pinnedFor(db)
      .all({ attendeeId })
      .map(({ pass }) => pass),
  );
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
        cannotCome: cannot.includes(id),
        instead: instead
          ? {
              workshop: codeOf.get(instead.workshop) ?? '',
              wishedMore: (instead.rank ?? Infinity) < rank,
            }
          : null,
      };
    });
  return {
    seats: given.map(({ pass, name, workshop, rank }) => {
      const code = codeOf.get(workshop) ?? '';
      const about = { workshop: code, pass: name, rank, wished: wished.length, pinned: pinned.has(pass) };
      return { pass, workshop: code, rank, reason: whyGiven(about) };
    }),
    reasons: unmet.map(({ workshop, code }) => {
      const drawn = draws[attendeeId]?.includes(workshop) ? plan.seed : null;
      const sessions = sessionsOf(workshop, rankOf(workshop)!);
      const lottery = plan.objective === 'lottery';
      return {
        workshop: code,
        reason: whyNotMet({ workshop: code, ...demandFor(stored, workshop), sessions, drawn, lottery }),
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
  readonly draws: StoredDraws;
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
  const read = { plan: planOf(db, conferenceId, id), ...seatsOfPlan(db, id) };
  for (const other of keptPlans.keys()) {
    if (keptPlans.size < mostKept) break;
    keptPlans.delete(other);
  }
  keptPlans.set(key, read);
  return read;
}

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

const pinnedFor = statement((db) =>
  db
    .select({ pass: pins.passId })
    .from(pins)
    .where(eq(pins.attendeeId, sql.placeholder('attendeeId')))
    .prepare(),
);
