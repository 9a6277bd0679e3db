import { Link } from 'react-router';
import { useCommonTexts } from '../core/common-texts.ts';
import { paths } from '../core/paths.ts';
import { useTitle } from '../core/title.ts';
import { LanguageSwitch } from '../ui/language-switch.tsx';
import { Page } from '../ui/page.tsx';

export function NotFound() {
  const t = useCommonTexts();
  useTitle(t('notFound'));
  return (
    <Page above="Verkstad" title={t('notFound')} aside={<LanguageSwitch />}>
      <p>{t('notFoundText')}</p>
      <p>
        <Link to={paths.home}>{t('toStart')}</Link>
      </p>
    </Page>
  );
}
