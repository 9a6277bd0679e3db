import { and, asc, eq, gt, gte, inArray, isNotNull, sql } from 'drizzle-orm';
import { Temporal } from 'temporal-polyfill';
import type { Instant } from '../../shared/core/time.ts';
import { conferences } from '../conference/tables.ts';
import type { LetterData } from '../core/outbox.ts';
import { type Db, statement } from '../core/statement.ts';
import { audit } from '../core/tables.ts';
import { instantOf, localTimeOf } from '../core/time.ts';
import { attendees } from '../people/tables.ts';
import { passes, rooms, sessions } from '../programme/tables.ts';
import { picks } from '../registration/tables.ts';
import { rulesOf } from './outbox-queries.ts';
import { startOf } from './reader-queries.ts';
import { receiptProgress, toldSessions } from './tables.ts';

const minute = 60_000;
const hour = 60 * minute;

/** Somebody who chooses is still for this long before the receipt is written. */
const receiptQuiet = 10 * minute;
const receiptBatch = 300;
/** Choices that are read in one go to see who has gone on choosing. */
const choicesAtOnce = 2000;
/** What was chosen longer ago, before there was a mail server or while it was down, gets none. */
const receiptAge = 24 * hour;
/** What an attendee does that deserves a receipt, as the audit trail calls it. */
const choosing = new Set([
  'seat-taken',
  'seat-swapped',
  'seat-released',
  'queue-joined',
  'queue-left',
  'ballot-cast',
]);

const auditAfter = statement((db) =>
  db
    .select({
      id: audit.id,
      at: audit.at,
      action: audit.action,
      actorKind: audit.actorKind,
      conferenceId: audit.conferenceId,
      attendeeId: audit.subjectId,
    })
    .from(audit)
    .where(gt(audit.id, sql.placeholder('after')))
    .orderBy(asc(audit.id))
    .limit(receiptBatch)
    .prepare(),
);

const firstSince = statement((db) =>
  db
    .select({ id: audit.id })
    .from(audit)
    .where(gte(audit.at, sql.placeholder('since')))
    .orderBy(asc(audit.at), asc(audit.id))
    .limit(1)
    .prepare(),
);

const choicesAfter = statement((db) =>
  db
    .select({ id: audit.id, attendeeId: audit.subjectId })
    .from(audit)
    .where(
      and(
        gt(audit.id, sql.placeholder('after')),
        eq(audit.actorKind, 'attendee'),
        inArray(audit.action, [...choosing]),
      ),
    )
    .orderBy(asc(audit.id))
    .limit(choicesAtOnce)
    .prepare(),
);

const progress = statement((db) =>
  db.select({ upTo: receiptProgress.auditId }).from(receiptProgress).prepare(),
);

export interface ReceiptsDue {
  /** How far the trail has been read with this. */
  readonly upTo: number;
  readonly to: readonly { readonly conferenceId: string; readonly attendeeId: string }[];
  /** Whether there may be more. */
  readonly more: boolean;
}

/** The last choice of each attendee, as far as the trail has been read ahead. */
interface LastChoices {
  upTo: number;
  readonly of: Map<string, number>;
}

/** Kept from one batch to the next while anybody is still choosing: an index of who did what would cost every choice a page on the disk. */
const readAhead = new WeakMap<Db, LastChoices>();

/** Each attendee's last choice after a place in the trail; null where the trail goes on further than was read now. */
function lastChoices(db: Db, after: number): ReadonlyMap<string, number> | null {
  const last = readAhead.get(db) ?? { upTo: after, of: new Map<string, number>() };
  readAhead.set(db, last);
  const choices = choicesAfter(db).all({ after: last.upTo });
  for (const { id, attendeeId } of choices) last.of.set(attendeeId, id);
  last.upTo = choices.at(-1)?.id ?? last.upTo;
  return choices.length < choicesAtOnce ? last.of : null;
}

/**
 * Whoever chose something and has been still since. It is read from the audit trail, so that choosing itself writes nothing for it and
 * a server that was down makes up for it. Null where nothing has come to rest since the last time.
 */
export function receiptsDue(db: Db, now: Instant): ReceiptsDue | null {
  const recent = firstSince(db).get({ since: now - receiptAge })?.id;
  if (recent === undefined) return null;
  const after = Math.max(progress(db).get()?.upTo ?? 0, recent - 1);
  const rows = auditAfter(db).all({ after });
  const moving = rows.findIndex(({ at }) => at > now - receiptQuiet);
  const still = moving === -1 ? rows : rows.slice(0, moving);
  const last = still.at(-1);
  if (!last) return null;
  const lastOf = lastChoices(db, after);
  if (lastOf === null) return { upTo: after, to: [], more: true };
  const more = moving === -1 && rows.length === receiptBatch;
  if (moving === -1 && !more) readAhead.delete(db);
  const to = still.flatMap(({ id, action, actorKind, conferenceId, attendeeId }) => {
    if (actorKind !== 'attendee' || conferenceId === null || !choosing.has(action)) return [];
    return lastOf.get(attendeeId) === id ? [{ conferenceId, attendeeId }] : [];
  });
  return { upTo: last.id, to, more };
}

const hasMailNow = statement((db) =>
  db
    .select({ mail: attendees.mail })
    .from(attendees)
    .where(eq(attendees.id, sql.placeholder('attendeeId')))
    .prepare(),
);

export function hasMail(db: Db, attendeeId: string): boolean {
  return typeof hasMailNow(db).get({ attendeeId })?.mail === 'string';
}

/** Sessions are still for this long before people are told; less where they begin soon. At the latest after `longestWait`. */
const quiet = { usual: 15 * minute, soon: 2 * minute };
const soon = 3 * hour;
const longestWait = hour;

export interface ChangedSession {
  readonly session: string;
  readonly conferenceId: string;
  readonly before: { readonly startsAt: Instant; readonly endsAt: Instant; readonly place: string };
  readonly present: { readonly startsAt: Instant; readonly endsAt: Instant; readonly place: string };
  readonly changedFirst: Instant;
  readonly changedLast: Instant;
}

/** By conference: sessions with another time or room than people were told, once nothing there has moved for a while. */
export function changesDue(db: Db, now: Instant): ChangedSession[][] {
  const rows = db
    .select({
      session: toldSessions.sessionId,
      conferenceId: toldSessions.conferenceId,
      before: { startsAt: toldSessions.startsAt, endsAt: toldSessions.endsAt, place: toldSessions.place },
      present: { startsAt: passes.startsAt, endsAt: passes.endsAt, place: rooms.name },
      changedFirst: sql<number>`${toldSessions.changedFirst}`,
      changedLast: sql<number>`${toldSessions.changedLast}`,
    })
    .from(toldSessions)
    .innerJoin(sessions, eq(sessions.id, toldSessions.sessionId))
    .innerJoin(passes, eq(passes.id, sessions.passId))
    .innerJoin(rooms, eq(rooms.id, sessions.roomId))
    .where(isNotNull(toldSessions.changedLast))
    .all();
  const byConference = new Map<string, ChangedSession[]>();
  for (const row of rows)
    byConference.set(row.conferenceId, [...(byConference.get(row.conferenceId) ?? []), row]);
  return [...byConference.values()].filter((changed) => {
    const last = Math.max(...changed.map(({ changedLast }) => changedLast));
    const first = Math.min(...changed.map(({ changedFirst }) => changedFirst));
    const begins = Math.min(...changed.map(({ present }) => present.startsAt));
    return now >= Math.min(last + (begins - now < soon ? quiet.soon : quiet.usual), first + longestWait);
  });
}

/** Who is told, each of everything at once: those who had a seat before it last changed. */
export function holdersOf(
  db: Db,
  changed: readonly ChangedSession[],
): { attendeeId: string; changes: LetterData['day-changed']['changes'] }[] {
  const bySession = new Map(changed.map((change) => [change.session, change]));
  const held = db
    .select({ attendeeId: picks.attendeeId, session: picks.sessionId, at: picks.at })
    .from(picks)
    .where(inArray(picks.sessionId, [...bySession.keys()]))
    .orderBy(asc(picks.attendeeId))
    .all();
  const byPerson = new Map<string, LetterData['day-changed']['changes'][number][]>();
  for (const { attendeeId, session, at } of held) {
    const { changedFirst, changedLast, before } = bySession.get(session)!;
    if (at >= changedLast) continue;
    const change = { session, before: at < changedFirst ? before : null };
    byPerson.set(attendeeId, [...(byPerson.get(attendeeId) ?? []), change]);
  }
  return [...byPerson].map(([attendeeId, changes]) => ({ attendeeId, changes }));
}

const reminderTime = '10:00';

/** Conferences that begin tomorrow by their own clock, from ten in the morning on, and whose reminders are not written yet. */
export function remindersDue(db: Db, now: Instant): { conferenceId: string; day: string }[] {
  return db
    .select({ id: conferences.id, timeZone: conferences.timeZone })
    .from(conferences)
    .where(and(isNotNull(conferences.publishedAt), inArray(conferences.stage, ['picks', 'onsite'])))
    .all()
    .flatMap(({ id, timeZone }) => {
      const startsAt = startOf(db, id);
      if (startsAt === null || now >= startsAt) return [];
      const day = localTimeOf(startsAt, timeZone).slice(0, 10);
      const eve = Temporal.PlainDate.from(day).subtract({ days: 1 });
      if (now < instantOf(`${eve.toString()}T${reminderTime}`, timeZone, 'earlier')) return [];
      const { reminders, remindedOf } = rulesOf(db, id);
      return reminders && remindedOf !== day ? [{ conferenceId: id, day }] : [];
    });
}
