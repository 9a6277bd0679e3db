import { renderToStaticMarkup } from 'react-dom/server';
import assets from 'virtual:public-page-assets';
import type { RenderProgramme } from '../shared/overview/public-page.ts';
import { LanguageContext } from './core/language.ts';
import { PublicDocument } from './overview/public-page.tsx';

/** The public programme as a whole document, for the server to send. */
export const renderProgramme: RenderProgramme = (page) => {
  const nothing = (): void => {};
  const document = renderToStaticMarkup(
    <LanguageContext value={{ language: page.language, choose: nothing, suggest: nothing }}>
      <PublicDocument page={page} assets={assets} />
    </LanguageContext>,
  );
  return `<!doctype html>${document}`;
};
