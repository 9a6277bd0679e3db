import { describe, expect, test } from 'vitest';
import { csvOf, readCsv } from '../../../server/core/csv.ts';
import { attachment } from '../../../server/core/http/attachment.ts';

describe('a table for a spreadsheet', () => {
  test('begins with a byte order mark and ends its lines with CRLF', () => {
    expect(csvOf(['Namn', 'Plats'], [['Åsa Öberg', 3]])).toBe('\ufeffNamn,Plats\r\nÅsa Öberg,3\r\n');
  });

  test.each(['=HYPERLINK("x")', '+46 8', '-1', '@x', '\tx', '\rx'])(
    'gets an apostrophe before %j, so that no cell runs as a formula',
    (text) => {
      expect(readCsv(csvOf(['a', 'b'], [[text, 'x']]))[1]![0]).toBe(`'${text.replace('\r', '\n')}`.trim());
    },
  );

  test('leaves a negative number a number, and a minus inside a text alone', () => {
    expect(csvOf(['a', 'b'], [[-1, 'Eva-Lena']])).toContain('-1,Eva-Lena');
  });

  test('quotes what would break a row', () => {
    expect(csvOf(['a', 'b'], [['Ek, "Karin"', 'två\nrader']])).toContain('"Ek, ""Karin""","två\nrader"');
  });
});

describe('pasted rows', () => {
  test.each([
    ['tabs, as from a spreadsheet', 'Ek, Karin\tSkåne\n'],
    ['semicolons, as Swedish Excel saves', 'Ek, Karin;Skåne\n'],
    ['commas, as the rest of the world does', '"Ek, Karin",Skåne\r\n'],
  ])('are separated by %s', (_name, text) => {
    expect(readCsv(text)[0]).toEqual(['Ek, Karin', 'Skåne']);
  });

  test('may begin with a byte order mark', () => {
    expect(readCsv('\ufeffnamn;mejl')[0]).toEqual(['namn', 'mejl']);
  });

  test('may have line breaks in quotes and be of any length', () => {
    expect(readCsv('a;"b\nc";d\ne')).toEqual([['a', 'b\nc', 'd'], ['e']]);
  });

  test('may mix the line endings of two systems', () => {
    expect(readCsv('a;b\r\nc;d\ne;f\rg;h')).toEqual([
      ['a', 'b'],
      ['c', 'd'],
      ['e', 'f'],
      ['g', 'h'],
    ]);
  });

  test('of one column are read as they are', () => {
    expect(readCsv('Karin Ek\nOscar Lind')).toEqual([['Karin Ek'], ['Oscar Lind']]);
  });
});

describe('the name of a saved file', () => {
  test('is given in plain letters and as it is (RFC 6266)', () => {
    expect(attachment('länkar-dag.csv')).toBe(
      'attachment; filename="lankar-dag.csv"; filename*=UTF-8\'\'l%C3%A4nkar-dag.csv',
    );
  });

  test('cannot leave its folder, its quotes or its line', () => {
    expect(attachment('../../x"; \r\n.csv')).toBe(
      'attachment; filename="x-; -.csv"; filename*=UTF-8\'\'x-%3B%20-.csv',
    );
  });
});
