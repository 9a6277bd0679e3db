import type { Actor } from '../../shared/core/access.ts';
import type { Refusal } from '../../shared/core/refusal.ts';
import type { Instant } from '../../shared/core/time.ts';
import type { Change } from './change.ts';

/** What a request showed of who sends it: the hash of a personal link's token, or of a signed-in session's secret. */
export interface Credential {
  readonly kind: 'link' | 'session';
  readonly hash: string;
}

/** A command by its name and what it is asked. It survives JSON, so another thread can run it: a closure could not get there. */
export interface NamedCall {
  /** The endpoint of the contract whose command it is. */
  readonly name: string;
  readonly actor: Actor;
  /** What the actor is known by, to be looked at again inside the transaction; null: nothing that can end. */
  readonly credential: Credential | null;
  /** The header Idempotency-Key as it came. */
  readonly key?: string | readonly string[] | undefined;
  readonly params?: unknown;
  readonly query?: unknown;
  readonly body?: unknown;
  /** The installation's address. */
  readonly url: string;
  /** A rehearsal: answered as if it were then, and undone. */
  readonly rehearsedAt: Instant | null;
}

/** Runs a named call inside a transaction and returns its answer as JSON. Throws `Refused` like any command. */
export type Perform = (change: Change, call: NamedCall) => string;

/** Why a credential is none any more, by what the change sees; null: it holds. */
export type WhyNoLonger = (change: Change, credential: Credential) => Refusal | null;
