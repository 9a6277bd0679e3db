import { and, count, eq, gt } from 'drizzle-orm';
import { hasReached } from '../../shared/conference/rules.ts';
import { listPublishedConferences } from '../conference/queries.ts';
import type { Change } from '../core/change.ts';
import { outbox } from '../core/tables.ts';
import { hashToken } from '../core/tokens.ts';
import { attendeeByMail, type AttendeeRow } from './queries.ts';
import { attendees } from './tables.ts';

/** To one person: three letters in a quarter of an hour. */
const mostLetters = { count: 3, milliseconds: 15 * 60_000 };

/**
 * Mails a new personal link to whoever is registered with an address, at one conference or at all that are public and not over.
 * Anybody may ask with any address, so what there is goes on working until the new link is opened.
 */
export function mailNewLinks(
  change: Change,
  { mail, conference }: { readonly mail: string; readonly conference?: string | undefined },
): void {
  const asked = listPublishedConferences(change.db).filter(
    ({ slug, stage }) => !hasReached(stage, 'over') && (conference ?? slug) === slug,
  );
  for (const { id } of asked) {
    const attendee = attendeeByMail(change.db, id, mail);
    if (attendee && !hasEnoughLetters(change, attendee)) mailNewLink(change, attendee);
  }
}

function mailNewLink(change: Change, { id, conferenceId, linkVersion }: AttendeeRow): void {
  const nextLinkHash = hashToken(change.deriveToken('link', conferenceId, id, linkVersion + 1));
  change.db.update(attendees).set({ nextLinkHash }).where(eq(attendees.id, id)).run();
  const recipient = { kind: 'attendee', id } as const;
  change.audit({ action: 'personal-link-asked-for', subject: recipient, conferenceId });
  change.letter({ letter: 'personal-link', recipient, conferenceId, data: {} });
}

function hasEnoughLetters({ db, now }: Change, { id }: AttendeeRow): boolean {
  const recent = db
    .select({ letters: count() })
    .from(outbox)
    .where(
      and(
        eq(outbox.recipientKind, 'attendee'),
        eq(outbox.recipientId, id),
        eq(outbox.letter, 'personal-link'),
        gt(outbox.at, now - mostLetters.milliseconds),
      ),
    )
    .get();
  return (recent?.letters ?? 0) >= mostLetters.count;
}
