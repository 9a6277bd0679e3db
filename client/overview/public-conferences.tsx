import { useQuery } from '@tanstack/react-query';
import { listConferences } from '../../shared/overview/contract.ts';
import { call } from '../core/api.ts';
import { useCommonTexts } from '../core/common-texts.ts';
import { formatsFor } from '../core/formats.ts';
import { useLanguage } from '../core/language.ts';
import { paths } from '../core/paths.ts';
import { useTitle } from '../core/title.ts';
import { Failure } from '../ui/failure.tsx';
import { LanguageSwitch } from '../ui/language-switch.tsx';
import { Page } from '../ui/page.tsx';
import { Bone, Skeleton } from '../ui/skeleton.tsx';
import { EmptyState } from '../ui/states.tsx';
import look from './public-conferences.module.css';
import { usePublicTexts } from './public-texts.ts';

/** The first page: the conferences whose programmes are published. */
export default function Conferences() {
  const t = usePublicTexts();
  const common = useCommonTexts();
  const { language } = useLanguage();
  const list = useQuery({
    queryKey: ['conferences'],
    queryFn: ({ signal }) => call(listConferences, { signal }),
  });
  useTitle(t('conferences'));
  return (
    <Page above="Verkstad" title={t('conferences')} aside={<LanguageSwitch />}>
      {list.isPending && (
        <Skeleton label={common('loading')}>
          <Bone size="half" />
          <Bone size="most" />
          <Bone size="half" />
          <Bone size="most" />
        </Skeleton>
      )}
      {list.isError && <Failure error={list.error} onRetry={() => void list.refetch()} />}
      {list.data?.items.length === 0 && (
        <EmptyState title={t('noConferences')}>
          <p>{t('noConferencesText')}</p>
        </EmptyState>
      )}
      <ul className={look['list']}>
        {list.data?.items.map((conference) => (
          <li key={conference.slug} className={look['item']}>
            <p className={look['host']}>
              {conference.host.name}
              {conference.startsAt &&
                ` · ${formatsFor(language, conference.timeZone).longDate(conference.startsAt)}`}
            </p>
            <h2>
              <a href={paths.programme(conference.slug)}>{conference.name}</a>
            </h2>
            {conference.tagline && <p>{conference.tagline}</p>}
          </li>
        ))}
      </ul>
      <p className={look['hint']}>{t('personalLinkHint')}</p>
    </Page>
  );
}
