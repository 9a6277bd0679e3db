import { useTitle } from '../core/title.ts';
import { paths } from '../core/paths.ts';
import { LanguageSwitch } from '../ui/language-switch.tsx';
import { Notice } from '../ui/notice.tsx';
import { Page } from '../ui/page.tsx';
import { ButtonLink } from '../ui/button.tsx';
import look from './sign-in.module.css';
import { usePeopleTexts } from './texts.ts';

/** No session here: says how one gets in. `left`: the reader has just signed out. */
export function LinkNeeded({ slug, left }: { readonly slug: string; readonly left: boolean }) {
  const t = usePeopleTexts();
  useTitle(t('linkNeeded'));
  return (
    <Page above="Verkstad" title={t('linkNeeded')} aside={<LanguageSwitch />}>
      <div className={look['steps']}>
        {left && <Notice announced>{t('signedOut')}</Notice>}
        <p>{t('linkNeededText')}</p>
        <p>{t('linkLost')}</p>
        <ButtonLink href={paths.programme(slug)}>{t('toProgramme')}</ButtonLink>
      </div>
    </Page>
  );
}
