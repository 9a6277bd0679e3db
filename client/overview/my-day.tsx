import { lazy, useDeferredValue, useEffect, useState } from 'react';
import { useParams } from 'react-router';
import { refusalCode } from '../core/api.ts';
import { useCommonTexts } from '../core/common-texts.ts';
import { useFormats } from '../core/formats.ts';
import { useLanguage } from '../core/language.ts';
import { useOnline } from '../core/online.ts';
import { paths } from '../core/paths.ts';
import { isLeaving, useSignOut } from '../people/session.ts';
import { useTitle } from '../core/title.ts';
import { LinkNeeded } from '../people/link-needed.tsx';
import { Button, ButtonLink } from '../ui/button.tsx';
import { Failure } from '../ui/failure.tsx';
import { LanguageSwitch } from '../ui/language-switch.tsx';
import { OfflineBar } from '../ui/offline-bar.tsx';
import { Page } from '../ui/page.tsx';
import { Bone, Skeleton } from '../ui/skeleton.tsx';
import { DayOfPasses } from './day-of-passes.tsx';
import look from './my-day.module.css';
import { dayOf } from './my-day-model.ts';
import { useMyDayFacts } from './my-day-queries.ts';
import { useMyDayTexts } from './my-day-texts.ts';
import { NotFound } from './not-found.tsx';
import { useOfflineWorker } from './use-offline-worker.ts';

const DayOfWishes = lazy(() => import('./day-of-wishes.tsx'));

/** My day: the one page of an attendee. What it holds follows the stage of the conference. */
export function MyDay() {
  const { slug = '' } = useParams();
  const t = useMyDayTexts();
  const common = useCommonTexts();
  const { suggest } = useLanguage();
  const online = useOnline();
  const { conference, programme, me } = useMyDayFacts(slug);
  const signOut = useSignOut();
  const [left, setLeft] = useState(isLeaving);
  useOfflineWorker();
  // Somebody left without a network: the server is told now.
  const finish = signOut.mutate;
  useEffect(() => {
    if (isLeaving() && online) finish();
  }, [online, finish]);
  const { time } = useFormats();
  useTitle(t('tabTitle'), conference.data?.name);

  const mine = me.data?.attendee.language;
  useEffect(() => {
    if (mine !== undefined) suggest(mine);
  }, [mine, suggest]);

  // The day is drawn in small steps, between which a slow phone stays able to answer.
  const ready = useDeferredValue([conference, programme, me].every(({ data }) => data !== undefined));

  const meRefused = refusalCode(me.error);
  if (left || ['not-signed-in', 'not-allowed', 'not-found'].includes(meRefused ?? '')) {
    return refusalCode(conference.error) === 'not-found' && !left ? (
      <NotFound />
    ) : (
      <LinkNeeded
        slug={slug}
        left={!left ? 'no' : signOut.isError || (signOut.isIdle && !online) ? 'offline' : 'yes'}
      />
    );
  }
  if (!conference.data || !programme.data || !me.data || !ready) {
    const error = conference.error ?? programme.error ?? me.error;
    const retry = (): void => {
      for (const query of [conference, programme, me]) if (query.isError) void query.refetch();
    };
    return (
      <Page above={error === null ? <Bone /> : 'Verkstad'} title={t('tabTitle')} aside={<LanguageSwitch />}>
        {error === null ? <ComingDay /> : <Failure error={error} onRetry={retry} />}
      </Page>
    );
  }

  const facts = conference.data;
  const day = dayOf(facts, programme.data, me.data);
  const [firstName = ''] = me.data.attendee.name.split(' ');
  const stale = me.isError || programme.isError;
  const footer = (
    <nav className={look['footer']}>
      <ButtonLink kind="quiet" href={paths.programme(slug)}>
        {t('programme')}
      </ButtonLink>
      <Button
        kind="quiet"
        onClick={() => {
          setLeft(true);
          signOut.mutate();
        }}
      >
        {t('notMe')}
      </Button>
      <ButtonLink kind="quiet" href={paths.accessibility}>
        {common('accessibility')}
      </ButtonLink>
    </nav>
  );
  const isWishing = (facts.stage === 'wishes' || facts.stage === 'planning') && me.data.result === null;
  const shared = {
    slug,
    conference: facts,
    day,
    me: me.data,
    header: {
      above: `${facts.name} · ${facts.host.name}`,
      title: t(isWishing ? 'wishesTitle' : 'title', { name: firstName }),
      aside: <LanguageSwitch />,
    },
    footer,
  };
  return (
    <div className={look['sheet']}>
      {(!online || stale) && (
        <OfflineBar>{t(online ? 'stale' : 'offline', { time: time(me.dataUpdatedAt) })}</OfflineBar>
      )}
      {isWishing ? (
        <DayOfWishes {...shared} workshops={programme.data.workshops} />
      ) : (
        <DayOfPasses {...shared} plenaries={programme.data.plenaries} />
      )}
    </div>
  );
}

function ComingDay() {
  const t = useMyDayTexts();
  return (
    <Skeleton label={t('loading')}>
      <Bone size="most" />
      {[1, 2, 3].map((pass) => (
        <div key={pass}>
          <Bone size="short" />
          <Bone tall />
        </div>
      ))}
    </Skeleton>
  );
}
