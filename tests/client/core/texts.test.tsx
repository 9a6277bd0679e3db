import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, test } from 'vitest';
import { LanguageContext } from '../../../client/core/language.ts';
import { catalogue } from '../../../client/core/texts.ts';
import type { Language } from '../../../shared/core/language.ts';

const useTexts = catalogue('test', {
  sv: { seats_one: '{{count}} plats', seats_other: '{{count}} platser', hello: 'Hej {{name}}' },
  en: { seats_one: '{{count}} seat', seats_other: '{{count}} seats', hello: 'Hello {{name}}' },
});

function Seats({ count }: { readonly count: number }) {
  const t = useTexts();
  return t('seats', { count });
}

function Hello({ name }: { readonly name: string }) {
  const t = useTexts();
  return t('hello', { name });
}

const read = (language: Language, element: React.ReactNode): string =>
  renderToStaticMarkup(
    <LanguageContext value={{ language, choose: () => {}, suggest: () => {} }}>{element}</LanguageContext>,
  );

describe('texts', () => {
  test('plural forms follow the language, and numbers are written as it writes them', () => {
    expect(read('sv', <Seats count={1} />)).toBe('1 plats');
    expect(read('sv', <Seats count={0} />)).toBe('0 platser');
    expect(read('sv', <Seats count={1234} />).replaceAll('\u00a0', ' ')).toBe('1 234 platser');
    expect(read('en', <Seats count={1234} />)).toBe('1,234 seats');
  });

  test('a value that looks like a placeholder is left as it is', () => {
    expect(read('sv', <Hello name="{{name}} $1" />)).toBe('Hej {{name}} $1');
  });
});
