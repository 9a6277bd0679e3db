import { and, eq, sql } from 'drizzle-orm';
import { refuseIf } from '../../shared/core/refusal.ts';
import { whyNotWish } from '../../shared/registration/rules.ts';
import { touchConference } from '../conference/commands.ts';
import { conferenceById, openingsOf } from '../conference/queries.ts';
import type { Change } from '../core/change.ts';
import { statement } from '../core/statement.ts';
import { workshops } from '../programme/tables.ts';
import { wishes } from './tables.ts';

const workshopCoded = statement((db) =>
  db
    .select({ id: workshops.id })
    .from(workshops)
    .where(
      and(
        eq(workshops.conferenceId, sql.placeholder('conferenceId')),
        eq(workshops.code, sql.placeholder('code')),
      ),
    )
    .prepare(),
);

const forget = statement((db) =>
  db
    .delete(wishes)
    .where(eq(wishes.attendeeId, sql.placeholder('attendeeId')))
    .prepare(),
);

const write = statement((db) =>
  db
    .insert(wishes)
    .values({
      conferenceId: sql.placeholder('conferenceId'),
      attendeeId: sql.placeholder('attendeeId'),
      rank: sql.placeholder('rank'),
      workshopId: sql.placeholder('workshopId'),
    })
    .prepare(),
);

export interface Ballot {
  readonly conferenceId: string;
  readonly attendeeId: string;
  /** Workshop codes, most wanted first. */
  readonly wishes: readonly string[];
}

/** Casts or replaces an attendee's ranked wishes; an empty ballot takes them back. */
export function castBallot(change: Change, ballot: Ballot): void {
  const { db } = change;
  const { conferenceId, attendeeId } = ballot;
  // Only what is wished for is looked up: a conference has hundreds of workshops, and everybody casts a ballot in the same week.
  const ids = new Map<string, string>();
  for (const code of ballot.wishes) {
    const workshop = workshopCoded(db).get({ conferenceId, code });
    if (workshop) ids.set(code, workshop.id);
  }
  refuseIf(
    whyNotWish({
      now: change.now,
      conference: openingsOf(conferenceById(db, conferenceId)),
      wishes: ballot.wishes,
      codes: new Set(ids.keys()),
    }),
  );
  forget(db).run({ attendeeId });
  for (const [index, code] of ballot.wishes.entries())
    write(db).run({ conferenceId, attendeeId, rank: index + 1, workshopId: ids.get(code) });
  change.audit({
    action: 'ballot-cast',
    subject: { kind: 'attendee', id: attendeeId },
    conferenceId,
    data: { wishes: ballot.wishes.length },
  });
  touchConference(change, conferenceId);
}
