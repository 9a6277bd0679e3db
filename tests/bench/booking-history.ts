import Database from 'better-sqlite3';
import { dataFolder } from '../../server/core/data-folder.ts';
import type { RushResult } from './booking-load.ts';
import type { Stage } from './booking-stage.ts';

/** What the clients were told, held against what is stored; it asks nothing of the product's own code but where its file lies. */
export interface Judgement {
  /** Seats given beyond those there are, in what was answered or in what is stored. */
  readonly oversold: number;
  /** Seats that somebody was told they have and that are not stored as theirs. */
  readonly lost: number;
}

/** `results` are those of the parts of `people`, in order. */
export function judge({ dataDir, programme, people }: Stage, results: readonly RushResult[]): Judgement {
  const told = new Map<string, string>();
  let offset = 0;
  let row = 0;
  for (const { status } of results) {
    row = 0;
    while (row < status.length) {
      const { id, wants } = people[offset++]!;
      for (const { pass, session } of wants) if (status[row++] === 200) told.set(`${id} ${pass}`, session);
    }
  }

  const database = new Database(dataFolder(dataDir).database, { readonly: true });
  const stored = new Map(
    (
      database.prepare('SELECT attendee_id, pass_id, session_id FROM picks').raw().all() as [
        string,
        string,
        string,
      ][]
    ).map(([attendee, pass, session]) => [`${attendee} ${pass}`, session]),
  );
  database.close();

  const lost = [...told].filter(([seat, session]) => stored.get(seat) !== session).length;
  return { oversold: Math.max(over(programme, told), over(programme, stored)), lost };
}

function over({ sessions }: Stage['programme'], held: ReadonlyMap<string, string>): number {
  const count = new Map<string, number>();
  for (const session of held.values()) count.set(session, (count.get(session) ?? 0) + 1);
  return sessions.reduce((sum, { id, seats }) => sum + Math.max(0, (count.get(id) ?? 0) - seats), 0);
}
