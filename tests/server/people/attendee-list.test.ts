import { describe, expect, test } from 'vitest';
import { compareWithKnown, readAttendeeList } from '../../../server/people/attendee-list.ts';

const person = (row: number, name: string, mail: string | null, organisation: string | null) => ({
  row,
  name,
  mail,
  organisation,
  problem: null,
});
const karin = person(1, 'Karin Ek', 'karin.ek@example.org', 'Region Skåne');

describe('a pasted list', () => {
  test.each([
    ['tabs', 'Karin Ek\tkarin.ek@example.org\tRegion Skåne'],
    ['semicolons', 'Karin Ek;karin.ek@example.org;Region Skåne\r\n'],
    ['commas', 'Karin Ek,karin.ek@example.org,Region Skåne\n'],
    ['a byte order mark and empty rows after', '\ufeffKarin Ek;karin.ek@example.org;Region Skåne\n;;\n\n'],
    ['spaces around', '  Karin Ek ; karin.ek@example.org ; Region Skåne  '],
    ['quotes', '"Karin Ek";"karin.ek@example.org";"Region Skåne"'],
  ])('with %s is read', (_name, text) => {
    expect(readAttendeeList(text)).toEqual([karin]);
  });

  test.each([
    'namn;e-post;organisation\nKarin Ek;karin.ek@example.org;Region Skåne',
    'E-postadress;Region;Namn\nkarin.ek@example.org;Region Skåne;Karin Ek',
    'Name,Email,Organization\nKarin Ek,karin.ek@example.org,Region Skåne',
    'Förnamn\tEfternamn\tMejl\tOrganisation\nKarin\tEk\tkarin.ek@example.org\tRegion Skåne',
    'Organisation;Telefon;Namn;E-mail\nRegion Skåne;040-1;Karin Ek;karin.ek@example.org',
  ])('finds its columns by their headings: %j', (text) => {
    expect(readAttendeeList(text)).toEqual([{ ...karin, row: 2 }]);
  });

  test('without headings does not take its first person for them', () => {
    expect(readAttendeeList('Namn Namnsson;namn@example.org;Region')).toEqual([
      person(1, 'Namn Namnsson', 'namn@example.org', 'Region'),
    ]);
  });

  test('may leave out mail and organisation', () => {
    expect(readAttendeeList('Karin Ek\nOscar Lind;oscar.lind@example.org')).toEqual([
      person(1, 'Karin Ek', null, null),
      person(2, 'Oscar Lind', 'oscar.lind@example.org', null),
    ]);
  });

  test('numbers rows as a spreadsheet does, empty ones too', () => {
    expect(readAttendeeList('namn\n\nKarin Ek\n\nOscar Lind').map(({ row }) => row)).toEqual([3, 5]);
  });

  test('of nothing but headings, or of nothing, has nobody in it', () => {
    expect(readAttendeeList('namn;e-post')).toEqual([]);
    expect(readAttendeeList('\n \n')).toEqual([]);
  });

  test.each([
    ['a name is missing', ';karin.ek@example.org;X', 'name-missing'],
    ['a name has a line break', '"Karin\nEk";karin.ek@example.org;X', 'name-invalid'],
    ['a mail address is in the name', 'Karin Ek <karin.ek@example.org>;;X', 'mail-in-name'],
    ['a mail address is none', 'Karin Ek;karin.ek;X', 'mail-invalid'],
    [
      'an organisation is too long',
      `Karin Ek;karin.ek@example.org;${'x'.repeat(121)}`,
      'organisation-invalid',
    ],
    ['there is a fourth cell', 'Karin Ek;karin.ek@example.org;X;Y', 'too-many-columns'],
  ])('says in which row %s', (_name, line, problem) => {
    const rows = readAttendeeList(`Oscar Lind;oscar.lind@example.org;X\n${line}`);
    expect(rows.map((r) => [r.row, r.problem])).toEqual([
      [1, null],
      [2, problem],
    ]);
  });

  test('says so when its headings have no name, or one column twice', () => {
    expect(readAttendeeList('e-post;organisation\nkarin.ek@example.org;X')).toMatchObject([
      { row: 1, problem: 'name-missing' },
    ]);
    expect(readAttendeeList('namn;e-post;mejl\nKarin Ek;a@example.org;b@example.org')).toMatchObject([
      { row: 1, problem: 'too-many-columns' },
    ]);
  });

  test('keeps names as text, whatever they look like', () => {
    const name = "Robert'); DROP TABLE attendees;--";
    expect(readAttendeeList(`"${name}"\tr@example.org`)).toEqual([person(1, name, 'r@example.org', null)]);
  });
});

describe('compared with who is there', () => {
  const compare = (text: string, known: Parameters<typeof compareWithKnown>[1] = []) =>
    compareWithKnown(readAttendeeList(text), known).map(({ problem }) => problem);

  test('a mail address twice in the list is wrong the second time, whatever its case', () => {
    expect(compare('Karin Ek;karin@example.org\nKarin E;KARIN@Example.org')).toEqual([null, 'mail-twice']);
  });

  test('a mail address that is there already is there already, under any name', () => {
    const known = [{ name: 'Karin Ek', mail: 'karin@example.org', organisation: null }];
    expect(compare('Karin Berg;Karin@example.org\nKarin Ek;other@example.org', known)).toEqual([
      'already-there',
      null,
    ]);
  });

  test('without mail, name and organisation tell people apart, as many as there are', () => {
    const known = [{ name: 'Karin Ek', mail: null, organisation: 'region skåne' }];
    const list = 'namn;organisation\nKarin Ek;Region Skåne\nKarin Ek;Region Skåne\nKarin Ek;Vinnova';
    expect(compare(list, known)).toEqual(['already-there', null, null]);
  });
});
