import { describe, expect, test } from 'vitest';
import { sameText } from '../../../shared/core/same-text.ts';
import { lineSchema, mailSchema, paragraphSchema } from '../../../shared/core/text.ts';

const line = lineSchema(10);
const whyNot = (schema: typeof line, text: string) => schema.safeParse(text).error?.issues[0]?.message;

describe('a line', () => {
  test('is kept in NFC, so that Åsa typed in two ways is one name', () => {
    expect(line.parse('A\u030asa')).toBe('Åsa');
    expect(line.parse('Åsa')).toBe('Åsa');
  });

  test('loses controls that turn the text around, and keeps a name that is written from right to left', () => {
    expect(line.parse('ab\u202ecd\u2066e\u200f')).toBe('abcde');
    expect(line.parse('سارة')).toBe('سارة');
  });

  test.each([
    ['a line break', 'a\nb'],
    ['a carriage return', 'a\rb'],
    ['a tab', 'a\tb'],
    ['NUL', 'a\u0000b'],
    ['a control of the upper half', 'a\u0085b'],
    ['a line separator', 'a\u2028b'],
    ['a zero-width space', 'a\u200bb'],
    ['a byte order mark', 'a\ufeffb'],
    ['the replacement character', 'a\ufffdb'],
    ['half a surrogate pair', 'a\ud800b'],
  ])('refuses %s', (_name, text) => {
    expect(whyNot(line, text)).toBe('characters');
  });

  test('may hold an emoji of several people, joined by zero-width joiners', () => {
    expect(line.parse('👩‍👩‍👧')).toBe('👩‍👩‍👧');
  });

  test('is trimmed, and refused when nothing is left', () => {
    expect(line.parse('  Karin  ')).toBe('Karin');
    expect(whyNot(line, '   ')).toBe('too-short');
    expect(whyNot(line, '\u200d\u00ad\u2060')).toBe('too-short');
    expect(whyNot(line, '\u202e')).toBe('too-short');
  });

  test('is as long as its code points, not its UTF-16 units', () => {
    expect(line.parse('😀'.repeat(10))).toBe('😀'.repeat(10));
    expect(whyNot(line, '😀'.repeat(11))).toBe('too-long');
  });

  test('is refused at once when it is enormous', () => {
    expect(line.safeParse('a'.repeat(100_000)).success).toBe(false);
  });
});

describe('a paragraph', () => {
  const paragraph = paragraphSchema(20);

  test('keeps its line breaks, as LF', () => {
    expect(paragraph.parse('en\r\ntvå\ntre')).toBe('en\ntvå\ntre');
  });

  test('may be empty', () => {
    expect(paragraph.parse('')).toBe('');
  });

  test.each([
    ['a carriage return alone', 'a\rb'],
    ['NUL', 'a\u0000b'],
    ['a tab', 'a\tb'],
  ])('refuses %s', (_name, text) => {
    expect(whyNot(paragraph, text)).toBe('characters');
  });
});

describe('a mail address', () => {
  test('has its domain in lower case and its local part as typed', () => {
    expect(mailSchema.parse(' Karin.Ek@Example.ORG ')).toBe('Karin.Ek@example.org');
  });

  test.each(['karin', 'karin@', '@example.org', 'a b@example.org', 'a@b@example.org', 'karin@localhost'])(
    'is not %s',
    (text) => {
      expect(mailSchema.safeParse(text).success).toBe(false);
    },
  );

  test.each([
    'karin@example.org\nBcc: x@example.org',
    'kar\u200bin@example.org',
    'kar\u200din@example.org',
    'karin@exam\u00adple.org',
    '<karin@example.org>',
  ])('cannot smuggle anything: %j', (text) => {
    expect(mailSchema.safeParse(text).success).toBe(false);
  });
});

describe('the same text', () => {
  test('is what people take for the same: case, spaces and composition do not count', () => {
    expect(sameText('  REGION   Skåne ')).toBe(sameText('Region Ska\u030ane'));
  });

  test('is not the same when a ring is missing', () => {
    expect(sameText('Skane')).not.toBe(sameText('Skåne'));
  });
});
