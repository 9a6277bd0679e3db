import { eq, or, sql } from 'drizzle-orm';
import { hash } from 'node:crypto';
import type { Actor } from '../../../shared/core/access.ts';
import { Refused } from '../../../shared/core/refusal.ts';
import { idempotencyMismatch, invalidInput } from '../../../shared/core/refusals.ts';
import { actorId } from '../audit.ts';
import type { Change, Command } from '../change.ts';
import type { Store } from '../database.ts';
import { statement } from '../statement.ts';
import { idempotency } from '../tables.ts';
import { type Attempt, earlierAnswer, keepAnswer } from './answered.ts';
import type { App } from './app-type.ts';

const keptMilliseconds = 24 * 3_600_000;
const sweepMilliseconds = 3_600_000;
/** Answers that are forgotten in one command. */
const sliceAnswers = 200;

/**
 * The attempt that the header Idempotency-Key names, or null without one. Someone who is not signed in has no keys of their own,
 * so theirs are not kept: another visitor could name the same one.
 */
export function attemptOf(
  header: string | readonly string[] | undefined,
  actor: Actor,
  route: string,
  asked: unknown,
  isNamed = false,
): Attempt | null {
  if (header === undefined || actor.kind === 'anyone') return null;
  if (typeof header !== 'string' || !/^[\x21-\x7e]{1,200}$/u.test(header)) {
    const message = { sv: 'ska vara 1–200 tecken ASCII', en: 'must be 1–200 characters of ASCII' };
    throw new Refused(invalidInput({ fields: [{ path: 'Idempotency-Key', message }] }));
  }
  return {
    actorKey: actorKeyOf(actor),
    route,
    key: header,
    bodyHash: hash('sha256', JSON.stringify(asked), 'buffer'),
    isNamed,
  };
}

function actorKeyOf(actor: Actor): string {
  return `${actor.kind}:${actorId(actor) ?? ''}`;
}

/** The command, done once: the second time its first answer is returned from the same transaction that would have done it. */
export function once<T>(attempt: Attempt | null, command: Command<T>): Command<T> {
  if (attempt === null) return command;
  const asText = onceAsText(attempt, command);
  return (change) => JSON.parse(asText(change)) as T;
}

/** The same, with the answer as the JSON that is kept. */
export function onceAsText(attempt: Attempt | null, command: Command<unknown>): Command<string> {
  if (attempt === null) return (change) => JSON.stringify(command(change) ?? null);
  return (change) => {
    const earlier = earlierAnswer(change, attempt);
    if (earlier && earlier.at > change.now - keptMilliseconds) {
      if (!earlier.bodyHash.equals(attempt.bodyHash)) throw new Refused(idempotencyMismatch());
      return earlier.answer;
    }
    const answer = JSON.stringify(command(change) ?? null);
    keepAnswer(change, attempt, answer);
    return answer;
  };
}

/** Forgets what an actor was answered, and what others were answered about them: erasing a person includes it. */
export function forgetAnswersTo(change: Change, actor: Actor): void {
  const about = sql`instr(${idempotency.answer}, ${actorId(actor)}) > 0`;
  change.db
    .delete(idempotency)
    .where(or(eq(idempotency.actorKey, actorKeyOf(actor)), about))
    .run();
}

/** Answers lie in the order they were given: the oldest are looked at, and no others. Those of a clock that was ahead go too. */
const oldAnswers = statement((db) =>
  db
    .delete(idempotency)
    .where(
      sql`id in (select id from (select id, at from ${idempotency} order by id limit ${sliceAnswers}) where at < ${sql.placeholder('before')} or at > ${sql.placeholder('after')})`,
    )
    .prepare(),
);

/** Forgets answers after a day, some at a time: a day after a rush there are hundreds of thousands, and others want to write and read. */
export async function forgetOldAnswers(store: Pick<Store, 'write'>): Promise<void> {
  const forgetSome = ({ db, now }: Change) =>
    oldAnswers(db).run({ before: now - keptMilliseconds, after: now + keptMilliseconds }).changes;
  // oxlint-disable-next-line no-await-in-loop -- each slice waits for the one before it
  while ((await store.write({ kind: 'system' }, forgetSome)) === sliceAnswers);
}

export function sweepOldAnswers(app: App): void {
  const timer = setInterval(() => {
    forgetOldAnswers(app.store).catch((error: unknown) => app.log.warn(error));
  }, sweepMilliseconds).unref();
  app.addHook('onClose', () => clearInterval(timer));
}
