import type { Actor } from '../../shared/core/access.ts';
import type { Instant } from '../../shared/core/time.ts';
import type { AuditEntry } from './audit.ts';
import type { Letter } from './outbox.ts';
import type { Db } from './statement.ts';
import type { TokenKind } from './tokens.ts';

/**
 * What every command gets first: `export function takeSeat(change: Change, input): Result`. A command is synchronous and
 * either returns, and all it wrote is kept, or throws, and nothing is.
 */
export interface Change {
  readonly db: Db;
  readonly now: Instant;
  readonly actor: Actor;
  newId(): string;
  audit(entry: AuditEntry): void;
  letter(letter: Letter): void;
  deriveToken(kind: TokenKind, conferenceId: string, personId: string, version: number): string;
  /** Runs once what was written is on disk: for memory caches and live events. Must not throw. */
  afterCommit(hook: () => void): void;
}

export type Command<T> = (change: Change) => T;
