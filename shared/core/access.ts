import type { Refusal } from './refusal.ts';
import { notAllowed, notSignedIn } from './refusals.ts';

/** Who is acting. People fills it in from a session, a personal link or the command line. */
export type Actor =
  | { readonly kind: 'anyone' }
  | { readonly kind: 'attendee'; readonly conferenceId: string; readonly attendeeId: string }
  | { readonly kind: 'organiser'; readonly hostId: string; readonly organiserId: string }
  /** The person who runs the installation, at its command line. */
  | { readonly kind: 'operator' }
  /** Verkstad itself: timers and migrations. */
  | { readonly kind: 'system' };

export type Role = Actor['kind'];

/** What can be done to which kind of thing. One table; routes, commands and buttons all ask it. */
const permissions = {
  'read public programme': ['anyone', 'attendee', 'organiser', 'operator', 'system'],
  'sign in': ['anyone', 'attendee', 'organiser'],
  'sign out': ['attendee', 'organiser'],
  'see own day': ['attendee'],
  'change own picks': ['attendee'],
  'change own wishes': ['attendee'],
  'change own calendar address': ['attendee'],
  'change own language': ['attendee'],
  'ask for own link': ['anyone', 'attendee', 'organiser', 'operator'],
  'see own session': ['attendee', 'organiser'],
  'see conference': ['organiser', 'operator'],
  'edit conference': ['organiser', 'operator'],
  'edit programme': ['organiser', 'operator'],
  'see people': ['organiser', 'operator'],
  'edit people': ['organiser', 'operator'],
  'export links': ['organiser', 'operator'],
  'let organisers in': ['operator'],
  'watch the server': ['operator'],
  'erase people': ['organiser', 'operator'],
  'see plans': ['organiser', 'operator'],
  'run plans': ['organiser', 'operator'],
  'publish plans': ['organiser', 'operator'],
  'see attendance': ['organiser', 'operator'],
  'see letters': ['organiser', 'operator'],
  'send letters': ['organiser', 'operator'],
} as const satisfies Record<string, readonly Role[]>;

export type Action = keyof typeof permissions;

export function mayDo(actor: Actor, action: Action): boolean {
  return (permissions[action] as readonly Role[]).includes(actor.kind);
}

export function whyNotAllowed(actor: Actor, action: Action): Refusal | null {
  if (mayDo(actor, action)) return null;
  return actor.kind === 'anyone' ? notSignedIn() : notAllowed();
}
