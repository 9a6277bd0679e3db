import type { z } from 'zod';
import type { Sentence } from './language.ts';
import type { FieldProblem } from './refusal.ts';

/** Sentences for the checks that schemas name in `error`; a schema of an area may bring its own sentence in `params`. */
const namedChecks: Readonly<Record<string, Sentence>> = {
  characters: {
    sv: 'innehåller tecken som inte kan användas',
    en: 'contains characters that cannot be used',
  },
  'too-short': { sv: 'får inte vara tomt', en: 'must not be empty' },
  'too-long': { sv: 'är för långt', en: 'is too long' },
  mail: { sv: 'ska vara en mejladress', en: 'must be a mail address' },
  slug: {
    sv: 'ska ha 1–60 tecken: små bokstäver a–z, siffror och bindestreck, med en bokstav eller siffra först och sist',
    en: 'must have 1–60 characters: small letters a–z, digits and hyphens, with a letter or digit first and last',
  },
  year: { sv: 'ska ha ett årtal mellan 2000 och 2999', en: 'must have a year between 2000 and 2999' },
  'time-zone': {
    sv: 'ska vara en tidszon, till exempel Europe/Stockholm',
    en: 'must be a time zone, for example Europe/Stockholm',
  },
};

const kinds: Readonly<Record<string, Sentence>> = {
  string: { sv: 'text', en: 'a string' },
  number: { sv: 'ett tal', en: 'a number' },
  int: { sv: 'ett heltal', en: 'a whole number' },
  boolean: { sv: 'sant eller falskt', en: 'true or false' },
  array: { sv: 'en lista', en: 'a list' },
  object: { sv: 'ett objekt', en: 'an object' },
  null: { sv: 'tomt (null)', en: 'null' },
};

/** What is wrong with an input, field by field, in words. `path` goes before every field: `query`. */
export function fieldProblemsOf(error: z.core.$ZodError): FieldProblem[] {
  return error.issues.flatMap((issue) => problemsOf(issue));
}

function problemsOf(issue: z.core.$ZodIssue): FieldProblem[] {
  const path = issue.path.join('.');
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => ({
      path: path === '' ? key : `${path}.${key}`,
      message: { sv: 'är ett okänt fält', en: 'is an unknown field' },
    }));
  return [{ path, message: sentenceOf(issue) }];
}

function sentenceOf(issue: z.core.$ZodIssue): Sentence {
  const named = namedChecks[issue.message];
  if (named) return named;
  switch (issue.code) {
    case 'invalid_type': {
      if (issue.input === undefined && issue.message.endsWith('received undefined'))
        return { sv: 'saknas', en: 'is missing' };
      const kind = kinds[issue.expected];
      return kind ? { sv: `ska vara ${kind.sv}`, en: `must be ${kind.en}` } : wrongForm;
    }
    case 'too_small':
      return issue.origin === 'string' || issue.origin === 'array'
        ? { sv: `ska ha minst ${issue.minimum}`, en: `must have at least ${issue.minimum}` }
        : { sv: `ska vara minst ${issue.minimum}`, en: `must be at least ${issue.minimum}` };
    case 'too_big':
      return issue.origin === 'string' || issue.origin === 'array'
        ? { sv: `får ha högst ${issue.maximum}`, en: `may have at most ${issue.maximum}` }
        : { sv: `får vara högst ${issue.maximum}`, en: `may be at most ${issue.maximum}` };
    case 'invalid_value':
      return {
        sv: `ska vara något av: ${issue.values.map(String).join(', ')}`,
        en: `must be one of: ${issue.values.map(String).join(', ')}`,
      };
    case 'custom':
      return ownSentence(issue.params) ?? wrongForm;
    case 'invalid_format':
    case 'not_multiple_of':
    case 'unrecognized_keys':
    case 'invalid_union':
    case 'invalid_key':
    case 'invalid_element':
      break;
  }
  return wrongForm;
}

const wrongForm: Sentence = { sv: 'har fel form', en: 'has the wrong form' };

function ownSentence(params: Record<string, unknown> | undefined): Sentence | null {
  const sentence = params?.['sentence'];
  if (typeof sentence !== 'object' || sentence === null) return null;
  return 'sv' in sentence && 'en' in sentence ? (sentence as Sentence) : null;
}
