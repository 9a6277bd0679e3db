import type { z } from 'zod';
import { organisationNameSchema } from '../../shared/conference/vocabulary.ts';
import { sameText } from '../../shared/core/same-text.ts';
import { mailSchema } from '../../shared/core/text.ts';
import type { ImportRow } from '../../shared/people/contract.ts';
import { personNameSchema, type RowProblem } from '../../shared/people/vocabulary.ts';
import { readCsv } from '../core/csv.ts';

/** Somebody who is at the conference already; `organisation` in the form in which names are compared. */
export interface KnownPerson {
  readonly name: string;
  readonly mail: string | null;
  readonly organisation: string | null;
}

type Column = 'name' | 'firstName' | 'lastName' | 'mail' | 'organisation';

/** What lists call their columns, in Swedish and English. */
const headings: Readonly<Record<Column, RegExp>> = {
  name: /^(?:(?:fullständigt |full )?(?:namn|name)|deltagare|attendee|för- och efternamn)$/u,
  firstName: /^(?:förnamn|first ?name|given name)$/u,
  lastName: /^(?:efternamn|last ?name|surname|family name)$/u,
  mail: /^(?:e-?post|e-?mail|mejl|mail)-?(?: ?adress| address)?$/u,
  organisation: /^(?:organi[sz]ation|region|arbetsgivare|arbetsplats|employer)$/u,
};

/** The order of columns in a list without headings. */
const plainColumns: readonly (Column | null)[] = ['name', 'mail', 'organisation'];

/**
 * Reads a pasted list of people: one a row, with or without a line of headings, columns that have other headings passed over.
 * Rows are numbered as in a spreadsheet, from 1 and counting headings and empty rows. Problems of a row by itself are named.
 */
export function readAttendeeList(text: string): ImportRow[] {
  const rows = readCsv(text)
    .map((cells, index) => ({ row: index + 1, cells }))
    .filter(({ cells }) => cells.some((cell) => cell !== ''));
  const first = rows[0];
  if (!first) return [];
  const columns = headingsOf(first.cells);
  if (!columns) return rows.map(({ row, cells }) => readRow(row, cells, plainColumns));
  const problem = whyNotHeadings(columns);
  if (problem) return [{ row: first.row, name: '', mail: null, organisation: null, problem }];
  return rows.slice(1).map(({ row, cells }) => readRow(row, cells, columns));
}

/**
 * Marks who is in the list twice and who is at the conference already. Mail tells people apart where there is one; else name and
 * organisation do, as many times as they are there, so that the same list again adds nobody.
 */
export function compareWithKnown(rows: readonly ImportRow[], known: readonly KnownPerson[]): ImportRow[] {
  const mails = new Set(known.flatMap(({ mail }) => (mail === null ? [] : [sameText(mail)])));
  const names = new Map<string, number>();
  for (const person of known) {
    const key = nameKey(person.name, person.organisation);
    names.set(key, (names.get(key) ?? 0) + 1);
  }
  const seen = new Set<string>();
  return rows.map((row) => {
    if (row.problem !== null) return row;
    const key = nameKey(row.name, row.organisation && sameText(row.organisation));
    const left = names.get(key) ?? 0;
    if (row.mail === null) {
      if (left === 0) return row;
      names.set(key, left - 1);
      return { ...row, problem: 'already-there' };
    }
    const mail = sameText(row.mail);
    if (seen.has(mail)) return { ...row, problem: 'mail-twice' };
    seen.add(mail);
    if (!mails.has(mail)) return row;
    names.set(key, left - 1);
    return { ...row, problem: 'already-there' };
  });
}

function nameKey(name: string, organisation: string | null): string {
  return `${sameText(name)}\n${organisation ?? ''}`;
}

/** The columns that a row of headings names, or null where it is a person. */
function headingsOf(cells: readonly string[]): (Column | null)[] | null {
  const columns = cells.map((cell) => columnOf(sameText(cell)));
  return columns.some(Boolean) && !cells.some((cell) => cell.includes('@')) ? columns : null;
}

function columnOf(heading: string): Column | null {
  const found = Object.entries(headings).find(([, form]) => form.test(heading));
  return found ? (found[0] as Column) : null;
}

function whyNotHeadings(columns: readonly (Column | null)[]): RowProblem | null {
  const times = (column: Column) => columns.filter((c) => c === column).length;
  if (times('name') + times('firstName') + times('lastName') === 0) return 'name-missing';
  const doubled = (['name', 'firstName', 'lastName', 'mail'] as const).some((column) => times(column) > 1);
  return doubled ? 'too-many-columns' : null;
}

function readRow(row: number, cells: readonly string[], columns: readonly (Column | null)[]): ImportRow {
  const cell = (column: Column) => {
    const place = columns.indexOf(column);
    return place === -1 ? '' : (cells[place] ?? '');
  };
  const parts = [cell('name') || `${cell('firstName')} ${cell('lastName')}`.trim()];
  const name = readCell(personNameSchema, parts[0]!, 'name-invalid');
  const mail = readCell(mailSchema, cell('mail'), 'mail-invalid');
  const organisation = readCell(organisationNameSchema, cell('organisation'), 'organisation-invalid');
  const tooMany = cells.slice(columns.length).some((extra) => extra !== '') ? 'too-many-columns' : null;
  return {
    row,
    name: name.value ?? '',
    mail: mail.value,
    organisation: organisation.value,
    problem:
      tooMany ??
      (name.value === null ? 'name-missing' : null) ??
      name.problem ??
      (name.value?.includes('@') ? 'mail-in-name' : null) ??
      mail.problem ??
      organisation.problem,
  };
}

/** A cell as its schema keeps it; as it was typed where the schema refuses it; null where it is empty. */
function readCell(schema: z.ZodType<string>, text: string, problem: RowProblem) {
  if (text === '') return { value: null, problem: null };
  const read = schema.safeParse(text);
  return read.success ? { value: read.data, problem: null } : { value: text, problem };
}
