import { useTitle } from '../core/title.ts';
import { paths } from '../core/paths.ts';
import { LanguageSwitch } from '../ui/language-switch.tsx';
import { Notice } from '../ui/notice.tsx';
import { Page } from '../ui/page.tsx';
import { ButtonLink } from '../ui/button.tsx';
import look from './sign-in.module.css';
import { AskForLink } from './ask-for-link.tsx';
import { usePeopleTexts } from './texts.ts';

interface LinkNeededProps {
  readonly slug: string;
  /** The reader has just asked to be forgotten; `offline`: the server does not know yet. */
  readonly left: 'no' | 'yes' | 'offline';
}

/** No session here: says how one gets in. */
export function LinkNeeded({ slug, left }: LinkNeededProps) {
  const t = usePeopleTexts();
  useTitle(t('linkNeeded'));
  return (
    <Page above="Verkstad" title={t('linkNeeded')} aside={<LanguageSwitch />}>
      <div className={look['steps']}>
        {left !== 'no' && <Notice announced>{t(left === 'yes' ? 'forgotten' : 'forgottenOffline')}</Notice>}
        <p>{t('linkNeededText')}</p>
        <ButtonLink href={paths.programme(slug)}>{t('toProgramme')}</ButtonLink>
        <AskForLink slug={slug} />
      </div>
    </Page>
  );
}
