import { z } from 'zod';
import { idSchema } from '../core/ids.ts';
import { letterKinds, letterProblems, letterStates } from '../core/letters.ts';
import { mailSchema } from '../core/text.ts';
import { instantSchema } from '../core/vocabulary.ts';

export const letterStateSchema = z.enum(letterStates);

/** A letter as the organiser sees it in the outbox. */
export const letterSchema = z.strictObject({
  id: idSchema,
  letter: z.enum(letterKinds),
  to: z.strictObject({ id: idSchema, name: z.string(), mail: z.string().nullable() }),
  /** When it was decided on. */
  at: instantSchema,
  state: letterStateSchema,
  attempts: z.int(),
  /** When it is tried next; null where it is not waiting. */
  nextAttemptAt: instantSchema.nullable(),
  sentAt: instantSchema.nullable(),
  /** Why it could not be sent, or not yet. */
  problem: z.enum(letterProblems).nullable(),
  /** What the mail server said. */
  answer: z.string().nullable(),
});
export type OutboxLetter = z.infer<typeof letterSchema>;

/** What the organiser has decided about letters that Verkstad writes by itself. */
export const letterRulesSchema = z.strictObject({
  /** A receipt when somebody has chosen or wished, and been still for a while. */
  receipts: z.boolean(),
  /** A reminder the day before. */
  reminders: z.boolean(),
  /** Where answers to letters go. */
  replyTo: mailSchema.nullable().meta({ examples: ['workshop@reglab.example'] }),
});
export type LetterRules = z.infer<typeof letterRulesSchema>;

/** How the letters are getting out. */
export const postSchema = z.strictObject({
  /** Whether there is a mail server; without one letters wait to be exported. */
  hasServer: z.boolean(),
  /** The sender's address. */
  from: z.string().nullable(),
  /** Since when the mail server cannot be used, and what it or the network said. */
  trouble: z.strictObject({ since: instantSchema, says: z.string() }).nullable(),
});
export type Post = z.infer<typeof postSchema>;
