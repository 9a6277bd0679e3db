import type { ReactNode } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import assets from 'virtual:public-page-assets';
import type { Language } from '../shared/core/language.ts';
import type { RenderAccessibility, RenderProgramme } from '../shared/overview/public-page.ts';
import { LanguageContext } from './core/language.ts';
import { AccessibilityDocument } from './overview/accessibility-page.tsx';
import { PublicDocument } from './overview/public-page.tsx';

/** The public programme as a whole document, for the server to send. */
export const renderProgramme: RenderProgramme = (page) =>
  documentIn(page.language, <PublicDocument page={page} assets={assets} />);

/** The accessibility statement as a whole document. */
export const renderAccessibility: RenderAccessibility = (page) =>
  documentIn(page.language, <AccessibilityDocument page={page} assets={assets} />);

function documentIn(language: Language, document: ReactNode): string {
  const nothing = (): void => {};
  const text = renderToStaticMarkup(
    <LanguageContext value={{ language, choose: nothing, suggest: nothing }}>{document}</LanguageContext>,
  );
  return `<!doctype html>${text}`;
}
