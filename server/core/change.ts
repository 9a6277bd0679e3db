import type { Actor } from '../../shared/core/access.ts';
import type { Instant } from '../../shared/core/time.ts';
import type { AuditEntry } from './audit.ts';
import type { Letter } from './outbox.ts';
import type { Db } from './statement.ts';
import type { TokenKind } from './tokens.ts';

/** Things by names that each mean one thing for ever: `conference <slug>`. */
export type Standing = Map<string, object>;

/** What a connection knows of the answers that others gave. */
export interface Others {
  areKnown: boolean;
  /** The id of the first answer it has given itself in this turn: from there on all are its own. */
  ownFrom: number;
}

/** As a turn begins. */
export const unknownOthers = (): Others => ({ areKnown: false, ownFrom: Infinity });

/** Things that are kept; then it begins anew. */
const mostStanding = 20_000;

/**
 * Reads what no named command changes (the columns of a conference, its passes and sessions that choosing is judged by, whose a link is, who
 * an attendee is, presents and when they cannot come, which plan is published), once where it is kept: in the thread of a rush until the other thread has written, and in that one, for reading, until it has written itself.
 * What there is not is looked for anew each time.
 */
export function whatStands<T extends object | null>(
  { standing }: { readonly standing?: Standing | undefined },
  name: string,
  read: () => T,
): T {
  if (standing === undefined) return read();
  const known = standing.get(name) as T | undefined;
  if (known !== undefined) return known;
  const found = read();
  if (standing.size === mostStanding) standing.clear();
  if (found !== null) standing.set(name, found);
  return found;
}

/**
 * What every command gets first: `export function takeSeat(change: Change, input): Result`. A command is synchronous and
 * either returns, and all it wrote is kept, or throws, and nothing is.
 */
export interface Change {
  readonly db: Db;
  readonly now: Instant;
  readonly actor: Actor;
  newId(): string;
  /** What has been read of what stands, where it is kept: see `whatStands`. */
  readonly standing?: Standing | undefined;
  /** Forgotten as soon as another connection may write. */
  readonly others: Others;
  audit(entry: AuditEntry): void;
  /** False where a letter about the same was written before. */
  letter(letter: Letter): boolean;
  deriveToken(kind: TokenKind, conferenceId: string, personId: string, version: number): string;
  /** Tells the areas above what changed, before the commit: they follow, or refuse the whole command. */
  announce(news: News): void;
  /** Runs once what was written is on disk: for work that begins then. Must not throw. */
  afterCommit(hook: () => void): void;
}

/**
 * What a lower area tells the ones above it. Imports go one way only, so an area that must follow another's changes (seats follow
 * rooms, memory follows the programme) reacts to news instead of being called.
 */
export type News = ProgrammeNews | StageNews | SeatsNews | PresenterNews;

export interface ProgrammeNews {
  /**
   * `programme-changed`: something of the conference or its programme is different. `session-leaving`: the sessions are about to be
   * removed, or to leave their pass.
   */
  readonly kind: 'programme-changed' | 'session-leaving';
  readonly conferenceId: string;
  /** Sessions that were added, or whose pass, room or seats may have changed. */
  readonly sessions: readonly string[];
}

/** The conference went from one stage to another. */
export interface StageNews {
  readonly kind: 'stage-changed';
  readonly conferenceId: string;
  readonly from: string;
  readonly to: string;
}

/** A presenter turned out to be one of the attendees, or is none of them after all. */
export interface PresenterNews {
  readonly kind: 'presenter-linked' | 'presenter-unlinked';
  readonly conferenceId: string;
  readonly presenterId: string;
}

/** How many seats of a session are taken now. */
export interface SeatsNews {
  readonly kind: 'seats-changed';
  readonly conferenceId: string;
  readonly seats: readonly { readonly session: string; readonly taken: number }[];
}

/** Runs inside the transaction of the command that told the news; a refusal undoes it all. */
export type Reaction = (change: Change, news: News) => void;

export type Command<T> = (change: Change) => T;

/** Follows what is committed: for what lives in memory. Must not throw. */
export type Follower = (news: News) => void;
