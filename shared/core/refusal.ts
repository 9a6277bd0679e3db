import type { Language, Sentence } from './language.ts';

/**
 * A "no" is a value: a code from a closed list, the HTTP status it answers with, and its sentences.
 * `title` names the kind of refusal, `detail` says what happened, what is still true and what to do.
 */
export interface Refusal {
  readonly code: string;
  readonly status: number;
  readonly title: Sentence;
  readonly detail: Sentence;
  /** Which parts of the input are wrong, where that can be pointed at. */
  readonly fields?: readonly FieldProblem[];
  /** Facts for programs (times of a window, the list of people concerned…). */
  readonly facts?: Readonly<Record<string, unknown>>;
}

export interface FieldProblem {
  /** Dotted path from the body, the query or the path: `rooms.0.capacity`. */
  readonly path: string;
  readonly message: Sentence;
}

/** What is known of a kind of refusal without its facts. */
export interface NamedRefusal {
  readonly code: string;
  readonly status: number;
  readonly title: Sentence;
  /** One refusal of this kind, for the API's documentation. */
  readonly example: Refusal;
}

/** A kind of refusal: call it with its facts, where it has any, to get the refusal itself. */
export interface RefusalKind<Facts = undefined> extends NamedRefusal {
  (...facts: [Facts] extends [undefined] ? [] : [Facts]): Refusal;
}

interface RefusalDefinition<Facts> {
  status: number;
  title: Sentence;
  detail: (facts: Facts) => Sentence;
  /** Facts shown to programs under `facts`. */
  facts?: (facts: Facts) => Record<string, unknown>;
  fields?: (facts: Facts) => FieldProblem[];
  example: Facts;
}

/** Defines a kind of refusal. The code is the last part of its problem type: `/problems/<code>`. */
export function refusalKind<Facts = undefined>(
  code: string,
  definition: RefusalDefinition<Facts>,
): RefusalKind<Facts> {
  const make = (facts: Facts): Refusal => ({
    code,
    status: definition.status,
    title: definition.title,
    detail: definition.detail(facts),
    ...(definition.facts && { facts: definition.facts(facts) }),
    ...(definition.fields && { fields: definition.fields(facts) }),
  });
  const { status, title } = definition;
  const kind: unknown = Object.defineProperty(Object.assign(make, { code, status, title }), 'example', {
    // Drawn up when the documentation asks: browsers load the kinds too and have no use for it.
    get: () => make(definition.example),
    enumerable: true,
  });
  return kind as RefusalKind<Facts>;
}

/** Thrown by commands and guards; the transaction of the command is undone and the refusal is the answer. */
export class Refused extends Error {
  readonly refusal: Refusal;
  constructor(refusal: Refusal) {
    const { stackTraceLimit } = Error;
    // A no is an answer, and thousands of them come in a rush: nobody asks where in the code it was given.
    Error.stackTraceLimit = 0;
    super(refusal.code);
    Error.stackTraceLimit = stackTraceLimit;
    this.name = 'Refused';
    this.refusal = refusal;
  }
}

/** Throws where a rule said no. */
export function refuseIf(refusal: Refusal | null): void {
  if (refusal) throw new Refused(refusal);
}

/** RFC 9457 problem details, as every error of the API answers. */
export interface Problem {
  type: string;
  code: string;
  title: string;
  detail: string;
  status: number;
  messages: { sv: string; en: string };
  fields?: { path: string; message: string }[];
  facts?: Record<string, unknown>;
  requestId: string;
}

export function problemOf(refusal: Refusal, language: Language, requestId: string): Problem {
  return {
    type: `/problems/${refusal.code}`,
    code: refusal.code,
    title: refusal.title[language],
    detail: refusal.detail[language],
    status: refusal.status,
    messages: { sv: refusal.detail.sv, en: refusal.detail.en },
    ...(refusal.fields && {
      fields: refusal.fields.map(({ path, message }) => ({ path, message: message[language] })),
    }),
    ...(refusal.facts && { facts: { ...refusal.facts } }),
    requestId,
  };
}
