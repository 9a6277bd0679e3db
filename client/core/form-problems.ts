import type { Language } from '../../shared/core/language.ts';
import { ApiProblem } from './api.ts';

/** What a form has to show after a refusal: by field, and what concerns no field of it. */
export interface FormProblems {
  readonly fields: Readonly<Record<string, string>>;
  readonly rest: readonly string[];
}

/**
 * Puts a refusal beside the fields that it is about. The server points at fields by path (`presenters.0.name`); a refusal that
 * points at none stands beside the field that `fieldOfCode` names, else under `rest`, as does what points at fields that the form
 * does not have. Null for what is not a refusal.
 */
export function formProblems(
  error: unknown,
  language: Language,
  names: readonly string[],
  fieldOfCode: Readonly<Record<string, string>> = {},
): FormProblems | null {
  if (!(error instanceof ApiProblem)) return null;
  const { problem } = error;
  const sentence = error.sentence(language);
  if (!problem.fields || problem.fields.length === 0) {
    const field = fieldOfCode[problem.code];
    return field === undefined
      ? { fields: {}, rest: [sentence] }
      : { fields: { [field]: sentence }, rest: [] };
  }
  const fields: Record<string, string> = {};
  const rest: string[] = [];
  for (const { path, message } of problem.fields) {
    const name = names.find((known) => path === known || path.startsWith(`${known}.`));
    if (name === undefined) rest.push(`${path}: ${message}`);
    else fields[path] ??= fields[name] ??= capitalised(message);
  }
  return { fields, rest };
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
