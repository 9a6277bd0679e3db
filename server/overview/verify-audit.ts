import { sql } from 'drizzle-orm';
import type { SeatChange } from '../core/outbox.ts';
import type { Db } from '../core/statement.ts';

interface Line {
  readonly id: number;
  readonly conference: string;
  readonly action: string;
  readonly who: string;
  readonly data: string;
}

/** What lines about seats and queues may hold, by action. */
interface LineData {
  readonly session?: string;
  readonly from?: string;
  readonly sessions?: readonly string[];
  readonly moves?: readonly SeatChange[];
}

/** Where the audit leads when it is read from its first line: who sits and who waits where. */
interface Told {
  /** `attendee session` → whether they have a seat there, as the last line that names both says. */
  readonly seats: Map<string, boolean>;
  /** `attendee session` → the number of the line by which they joined its queue; null: they have left it. */
  readonly queues: Map<string, number | null>;
}

/**
 * Whether seats and queues are where the audit leads. The seats of a plan that replaced all others have one line for all of them, so
 * of those only what happened afterwards is known.
 */
export function whereAuditDisagrees(db: Db): string[] {
  const { seats, queues } = readAudit(db);
  const picks = db.all<{ key: string; source: string }>(
    sql`select attendee_id || ' ' || session_id as key, source from picks`,
  );
  const held = new Set(picks.map(({ key }) => key));
  const unknown = picks.filter(({ key, source }) =>
    source === 'plan' ? seats.get(key) === false : seats.get(key) !== true,
  );
  const lost = [...seats].filter(([key, has]) => has && !held.has(key));
  const waiting = db.all<{ key: string; session: string }>(
    sql`select attendee_id || ' ' || session_id as key, session_id as session from waitlist order by session_id, ticket`,
  );
  const strangers = waiting.filter(({ key }) => (queues.get(key) ?? null) === null);
  const overtaken = waiting.filter(({ key, session }, i) => {
    const before = waiting[i - 1];
    return before?.session === session && (queues.get(before.key) ?? 0) > (queues.get(key) ?? Infinity);
  });
  return [
    sentence(
      'somebody has a seat that the audit does not know of',
      unknown.map(({ key }) => key),
    ),
    sentence(
      'somebody lacks a seat that the audit says they have',
      lost.map(([key]) => key),
    ),
    sentence(
      'somebody waits in a queue that the audit does not know they are in',
      strangers.map(({ key }) => key),
    ),
    sentence(
      'a queue is in another order than people joined it',
      overtaken.map(({ key }) => key),
    ),
  ].flat();
}

function sentence(says: string, keys: readonly string[]): string[] {
  if (keys.length === 0) return [];
  const more = keys.length > 3 ? ` and ${keys.length - 3} more` : '';
  return [`${says} (${keys.slice(0, 3).join(', ')}${more})`];
}

function readAudit(db: Db): Told {
  const told: Told = { seats: new Map(), queues: new Map() };
  const ofConference = new Map<string, string[]>();
  for (const { id, conference, action, who, data } of linesOf(db)) {
    const { session, from, sessions = [], moves = [] } = JSON.parse(data) as LineData;
    const known = ofConference.get(conference) ?? [];
    ofConference.set(conference, known);
    const sit = (place: string, sits: boolean): void => {
      const key = `${who} ${place}`;
      told.seats.set(key, sits);
      if (!sits) return;
      told.queues.set(key, null);
      known.push(key);
    };
    switch (action) {
      case 'plan-seated':
        for (const key of known.splice(0)) told.seats.delete(key);
        break;
      case 'queue-joined':
        told.queues.set(`${who} ${session!}`, id);
        break;
      case 'queue-left':
      case 'queue-ended':
        told.queues.set(`${who} ${session!}`, null);
        break;
      case 'seats-withdrawn':
        for (const left of sessions) sit(left, false);
        break;
      case 'seat-released':
      case 'seat-freed-to-present':
      case 'seat-cancelled':
        sit(session!, false);
        break;
      default:
        for (const move of moves) {
          if (move.from !== null) sit(move.from, false);
          if (move.to !== null) sit(move.to, true);
        }
        if (from !== undefined) sit(from, false);
        if (session !== undefined) sit(session, true);
    }
  }
  return told;
}

function linesOf(db: Db): Line[] {
  return db.all<Line>(sql`
    select id, conference_id as conference, action, subject_id as who, data from audit
    where action in ('seat-taken', 'seat-swapped', 'seat-released', 'seats-withdrawn', 'seat-freed-to-present', 'seat-exchanged',
      'seat-cancelled', 'seat-restored',
      'moved-up', 'moved-by-plan', 'plan-seated', 'queue-joined', 'queue-left', 'queue-ended')
    order by id`);
}
