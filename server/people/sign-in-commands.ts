import { eq, lt } from 'drizzle-orm';
import { randomBytes } from 'node:crypto';
import { Refused } from '../../shared/core/refusal.ts';
import type { Actor } from '../../shared/core/access.ts';
import { linkExpired, linkUsed } from '../../shared/people/refusals.ts';
import type { Change } from '../core/change.ts';
import { hashToken } from '../core/tokens.ts';
import { signInLinkOf } from './queries.ts';
import { organisers, signInLinks, signIns } from './tables.ts';

const day = 24 * 3_600_000;
export const sessionMilliseconds = 30 * day;
const linkMilliseconds = 10 * 60_000;

/** A secret that is handed out once and kept only as its hash: 192 random bits in base64url. */
export function newSecret(): string {
  return randomBytes(24).toString('base64url');
}

/** Answers with the new organiser's id. */
export function addOrganiser(
  change: Change,
  hostId: string,
  organiser: { name: string; mail: string },
): string {
  const id = change.newId();
  change.db
    .insert(organisers)
    .values({ id, hostId, ...organiser })
    .run();
  change.audit({ action: 'organiser-added', subject: { kind: 'organiser', id }, hostId });
  return id;
}

/** Makes a link that signs an organiser in once, within ten minutes unless more are given. Answers with its token. */
export function createSignInLink(
  change: Change,
  organiserId: string,
  validMilliseconds = linkMilliseconds,
): string {
  const token = newSecret();
  change.db
    .insert(signInLinks)
    .values({ hash: hashToken(token), organiserId, expiresAt: change.now + validMilliseconds })
    .run();
  change.audit({ action: 'sign-in-link-made', subject: { kind: 'organiser', id: organiserId } });
  return token;
}

/** Spends a one-time link and starts the organiser's session. Null where there is no such link. */
export function spendSignInLink(
  change: Change,
  token: string,
  session: { secret: string; before: string | undefined },
): Actor | null {
  const link = signInLinkOf(change.db, hashToken(token));
  if (!link) return null;
  if (link.usedAt !== null) throw new Refused(linkUsed());
  if (link.expiresAt <= change.now) throw new Refused(linkExpired());
  change.db.update(signInLinks).set({ usedAt: change.now }).where(eq(signInLinks.hash, link.hash)).run();
  const organiser = change.db.select().from(organisers).where(eq(organisers.id, link.organiserId)).get()!;
  const actor = { kind: 'organiser', organiserId: organiser.id, hostId: organiser.hostId } as const;
  startSession(change, actor, session);
  return actor;
}

/** Starts a session of thirty days in place of the one that the browser had, if any. */
export function startSession(
  change: Change,
  person: Extract<Actor, { kind: 'attendee' | 'organiser' }>,
  { secret, before }: { secret: string; before: string | undefined },
): void {
  if (before !== undefined) endSession(change, before);
  const isAttendee = person.kind === 'attendee';
  change.db
    .insert(signIns)
    .values({
      hash: hashToken(secret),
      attendeeId: isAttendee ? person.attendeeId : null,
      organiserId: isAttendee ? null : person.organiserId,
      createdAt: change.now,
      expiresAt: change.now + sessionMilliseconds,
    })
    .run();
  change.audit({
    action: 'signed-in',
    subject: { kind: person.kind, id: isAttendee ? person.attendeeId : person.organiserId },
    ...(isAttendee ? { conferenceId: person.conferenceId } : { hostId: person.hostId }),
  });
}

/** Ends the session of a cookie; nothing happens where it had ended. */
export function endSession(change: Change, secret: string): void {
  const [ended] = change.db
    .delete(signIns)
    .where(eq(signIns.hash, hashToken(secret)))
    .returning({ attendeeId: signIns.attendeeId, organiserId: signIns.organiserId })
    .all();
  if (!ended) return;
  const { attendeeId, organiserId } = ended;
  const subject =
    attendeeId === null ? { kind: 'organiser', id: organiserId ?? '' } : { kind: 'attendee', id: attendeeId };
  change.audit({ action: 'signed-out', subject });
}

/** Forgets sessions that are over, and sign-in links a day after they could be used. */
export function forgetOldSignIns(change: Change): void {
  change.db.delete(signIns).where(lt(signIns.expiresAt, change.now)).run();
  change.db
    .delete(signInLinks)
    .where(lt(signInLinks.expiresAt, change.now - day))
    .run();
}
