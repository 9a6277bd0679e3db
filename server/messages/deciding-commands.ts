import { eq } from 'drizzle-orm';
import type { Actor } from '../../shared/core/access.ts';
import type { Instant } from '../../shared/core/time.ts';
import type { Change } from '../core/change.ts';
import type { Store } from '../core/database.ts';
import {
  type ChangedSession,
  changesDue,
  hasMail,
  holdersOf,
  receiptsDue,
  type ReceiptsDue,
  remindersDue,
} from './deciding-queries.ts';
import { listToRemind, rulesOf } from './outbox-queries.ts';
import { letterRules, receiptProgress, toldSessions } from './tables.ts';

const system: Actor = { kind: 'system' };

/**
 * Writes the letters that nobody asked for: changes of the day once it is still, reminders, receipts. Receipts only where they can be
 * mailed: without a mail server the screen is the receipt.
 */
export async function decideLetters(store: Store, now: Instant, hasServer: boolean): Promise<void> {
  for (const changed of store.read((db) => changesDue(db, now))) {
    // oxlint-disable-next-line no-await-in-loop -- one conference after another
    await tellChanges(store, changed);
  }
  for (const due of store.read((db) => remindersDue(db, now))) {
    // oxlint-disable-next-line no-await-in-loop
    await remind(store, due);
  }
  if (!hasServer) return;
  for (;;) {
    const due = store.read((db) => receiptsDue(db, now));
    if (!due) return;
    // oxlint-disable-next-line no-await-in-loop -- each batch begins where the one before it ended
    await store.write(system, (change) => writeReceipts(change, due));
    if (!due.more) return;
  }
}

async function tellChanges(store: Store, changed: readonly ChangedSession[]): Promise<void> {
  const { conferenceId } = changed[0]!;
  const last = Math.max(...changed.map(({ changedLast }) => changedLast));
  const holders = store.read((db) => holdersOf(db, changed));
  await store.writeInSlices(system, holders, (change, { attendeeId, changes }) => {
    const recipient = { kind: 'attendee', id: attendeeId } as const;
    const once = `day-changed ${attendeeId} ${last}`;
    change.letter({ letter: 'day-changed', recipient, conferenceId, data: { changes }, once });
  });
  await store.write(system, (change) => followTold(change, changed));
}

/** What moved again while people were being told is still to be told. */
function followTold({ db }: Change, changed: readonly ChangedSession[]): void {
  for (const { session, present, changedLast } of changed) {
    const row = db.select().from(toldSessions).where(eq(toldSessions.sessionId, session)).get();
    const again = row && row.changedLast !== changedLast ? row.changedLast : null;
    db.update(toldSessions)
      .set({ ...present, changedFirst: again, changedLast: again })
      .where(eq(toldSessions.sessionId, session))
      .run();
  }
}

async function remind(
  store: Store,
  { conferenceId, day }: { readonly conferenceId: string; readonly day: string },
): Promise<void> {
  const people = store.read((db) => listToRemind(db, conferenceId));
  await store.writeInSlices(system, people, (change, attendeeId) => {
    const recipient = { kind: 'attendee', id: attendeeId } as const;
    const once = `reminder ${day} ${attendeeId}`;
    change.letter({ letter: 'reminder', recipient, conferenceId, data: {}, once });
  });
  await store.write(system, (change) => {
    change.db
      .insert(letterRules)
      .values({ conferenceId, remindedOf: day })
      .onConflictDoUpdate({ target: letterRules.conferenceId, set: { remindedOf: day } })
      .run();
    const subject = { kind: 'conference', id: conferenceId };
    change.audit({ action: 'reminders-written', subject, conferenceId, data: { letters: people.length } });
  });
}

/** The letters and how far the trail was read are kept together, so that nobody gets a receipt twice. */
function writeReceipts(change: Change, { upTo, to }: Pick<ReceiptsDue, 'upTo' | 'to'>): void {
  const { db } = change;
  for (const { conferenceId, attendeeId } of to) {
    if (!rulesOf(db, conferenceId).receipts || !hasMail(db, attendeeId)) continue;
    change.letter({
      letter: 'receipt',
      recipient: { kind: 'attendee', id: attendeeId },
      conferenceId,
      data: {},
    });
  }
  db.update(receiptProgress).set({ auditId: upTo }).run();
}

/** What was chosen until now gets no receipt: for conferences that are made, not lived. */
export function passOverReceipts({ db }: Change): void {
  db.run('UPDATE receipt_progress SET audit_id = (SELECT coalesce(max(id), 0) FROM audit)');
}
