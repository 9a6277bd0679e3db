import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test } from 'vitest';
import { LanguageContext } from '../../../client/core/language.ts';
import { AccessibilityDocument } from '../../../client/overview/accessibility-page.tsx';
import type { AccessibilityPage } from '../../../shared/overview/public-page.ts';

const draw = (page: AccessibilityPage) =>
  renderToStaticMarkup(
    <LanguageContext value={{ language: page.language, choose: () => {}, suggest: () => {} }}>
      <AccessibilityDocument page={page} assets={{ script: '/a.js', styles: ['/a.css'], fonts: [] }} />
    </LanguageContext>,
  );

test('the statement has what the law asks for: how far it complies, what falls short, contact and supervision', () => {
  const html = draw({ language: 'sv', operator: 'Region Exempel', contact: 'hjalp@example.org' });
  for (const part of ['(2018:1937)', 'delvis förenlig', 'Det här kan brista', 'Tillsyn', 'tdosanmalan'])
    expect(html).toContain(part);
  expect(html).toContain('Region Exempel');
  expect(html).toContain('href="mailto:hjalp@example.org"');
});

test('it needs no script, and says where to turn also where the operator has told nothing', () => {
  const html = draw({ language: 'en', operator: '', contact: '' });
  expect(html).not.toContain('<script');
  expect(html).not.toContain('mailto:');
  expect(html).toContain('Tell the organiser of the conference');
});
