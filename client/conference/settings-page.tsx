import type { Conference } from '../../shared/conference/vocabulary.ts';
import { publishProgramme, withdrawProgramme } from '../../shared/conference/contract.ts';
import { call } from '../core/api.ts';
import { useErrorSentence } from '../core/common-texts.ts';
import { useFormats } from '../core/formats.ts';
import { paths } from '../core/paths.ts';
import { useTitle } from '../core/title.ts';
import { Button, ButtonLink } from '../ui/button.tsx';
import { Notice } from '../ui/notice.tsx';
import { PageHeading, Section } from '../ui/section.tsx';
import { useSettingsTexts } from './conference-texts.ts';
import { useConferenceWrite } from './organiser-writes.ts';
import { AboutForm, RulesForm } from './settings-forms.tsx';
import { StageChoice } from './stage-choice.tsx';
import { WindowsForm } from './windows-form.tsx';
import look from './settings-page.module.css';

interface SettingsPageProps {
  readonly conference: Conference;
  readonly counts: {
    readonly attendees: number;
    readonly ballots: number;
    readonly complete: number;
    readonly picks: number;
  };
}

/** What organisers decide about the whole conference. */
export function SettingsPage({ conference, counts }: SettingsPageProps) {
  const t = useSettingsTexts();
  const { number, percent } = useFormats();
  useTitle(t('title'), conference.name);
  const share = (part: number) => t('ofAll', { share: percent(part / Math.max(1, counts.attendees)) });
  return (
    <>
      <PageHeading title={t('title')} />
      <dl className={look['counts']}>
        <Count name={t('attendees')} value={number(counts.attendees)} />
        <Count name={t('ballots')} value={number(counts.ballots)} more={share(counts.ballots)} />
        <Count name={t('complete')} value={number(counts.complete)} more={share(counts.complete)} />
        <Count name={t('picks')} value={number(counts.picks)} />
      </dl>
      <div className={look['columns']}>
        <div>
          <Section title={t('stage')} under={t('stageHint')}>
            <StageChoice conference={conference} />
          </Section>
          <Section title={t('publication')}>
            <Publication conference={conference} />
          </Section>
        </div>
        <div>
          <Section title={t('windows')} under={t('windowsHint', { timeZone: conference.timeZone })}>
            <WindowsForm conference={conference} />
          </Section>
          <Section title={t('about')}>
            <AboutForm conference={conference} />
          </Section>
          <Section title={t('rules')}>
            <RulesForm conference={conference} />
          </Section>
        </div>
      </div>
    </>
  );
}

function Count({
  name,
  value,
  more,
}: {
  readonly name: string;
  readonly value: string;
  readonly more?: string;
}) {
  return (
    <div>
      <dt>{name}</dt>
      <dd className={look['figure']}>{value}</dd>
      {more && <dd className={look['more']}>{more}</dd>}
    </div>
  );
}

function Publication({ conference }: { readonly conference: Conference }) {
  const t = useSettingsTexts();
  const sentence = useErrorSentence();
  const { slug, published } = conference;
  const change = useConferenceWrite(slug, (publish: boolean) =>
    call(publish ? publishProgramme : withdrawProgramme, { params: { slug } }),
  );
  return (
    <div className={look['publication']}>
      <p>{t(published ? 'isPublished' : 'isHidden')}</p>
      {change.isError && (
        <Notice kind="loss" announced>
          <p>{sentence(change.error)}</p>
        </Notice>
      )}
      <div className={look['actions']}>
        <Button
          kind={published ? 'outline' : 'primary'}
          busy={change.isPending}
          onClick={() => change.mutate(!published)}
        >
          {t(published ? 'withdraw' : 'publish')}
        </Button>
        {published && (
          <ButtonLink kind="quiet" href={paths.programme(slug)}>
            {t('publicPage')}
          </ButtonLink>
        )}
      </div>
    </div>
  );
}
