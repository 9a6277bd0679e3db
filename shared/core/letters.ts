/** The letters that attendees get. */
export const letterKinds = [
  'invitation',
  'nudge',
  'receipt',
  'moved-up',
  'moved-by-plan',
  'passed-over',
  'seat-exchanged',
  'queue-ended',
  'seat-freed-to-present',
  'session-cancelled',
  'seat-restored',
  'day-changed',
  'reminder',
  'personal-link',
] as const;
export type LetterKind = (typeof letterKinds)[number];

/**
 * waiting: to be sent, or by hand where there is no mail server. failed: given up, with a problem. handled: an organiser saw to it.
 * lapsed: what it would have said was no longer so.
 */
export const letterStates = ['waiting', 'sent', 'failed', 'handled', 'lapsed'] as const;
export type LetterState = (typeof letterStates)[number];

/** no-address: nobody knows where. refused: the mail server said never. not-taken: it said not now. */
export const letterProblems = ['no-address', 'refused', 'not-taken'] as const;
export type LetterProblem = (typeof letterProblems)[number];
