import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useNavigate, useParams } from 'react-router';
import { openPersonalLink } from '../../shared/people/contract.ts';
import { call, refusalCode } from '../core/api.ts';
import { useLanguage } from '../core/language.ts';
import { forgetEverything } from '../core/kept.ts';
import { paths } from '../core/paths.ts';
import { useTitle } from '../core/title.ts';
import { Failure } from '../ui/failure.tsx';
import { LanguageSwitch } from '../ui/language-switch.tsx';
import { Page } from '../ui/page.tsx';
import { Bone, Skeleton } from '../ui/skeleton.tsx';
import { AskForLink } from './ask-for-link.tsx';
import { setLeaving } from './session.ts';
import look from './sign-in.module.css';
import { usePeopleTexts } from './texts.ts';

/** Exchanges the link for a session, and leaves no trace of it in the address or the history. */
export function PersonalLink() {
  const { token = '' } = useParams();
  const t = usePeopleTexts();
  const { suggest } = useLanguage();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const [error, setError] = useState<unknown>(null);
  const [attempt, setAttempt] = useState(0);
  const invalid = ['link-unknown', 'invalid-input'].includes(refusalCode(error) ?? '');
  const hidden = refusalCode(error) === 'not-found';
  const title = hidden ? t('notPublished') : invalid ? t('linkInvalid') : t('linkFailed');
  useTitle(error === null ? t('opening') : title);

  useEffect(() => {
    const leaving = new AbortController();
    call(openPersonalLink, { body: { token }, signal: leaving.signal }).then(
      ({ conference, language }) => {
        if (leaving.signal.aborted) return;
        queries.clear();
        forgetEverything();
        setLeaving(false);
        suggest(language);
        void navigate(paths.myDay(conference), { replace: true });
      },
      (problem: unknown) => {
        if (!leaving.signal.aborted) setError(problem);
      },
    );
    return () => leaving.abort();
    // The link is exchanged once for each token and attempt, whatever else changes.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [token, attempt]);

  if (error === null)
    return (
      <Page title={t('opening')}>
        <Skeleton label={t('opening')}>
          <Bone size="most" />
          <Bone tall />
          <Bone tall />
          <Bone tall />
        </Skeleton>
      </Page>
    );
  return (
    <Page above="Verkstad" title={title} aside={<LanguageSwitch />}>
      {hidden || invalid ? (
        <div className={look['steps']}>
          <p role="alert">{t(hidden ? 'notPublishedHelp' : 'linkHelp')}</p>
          {invalid && <AskForLink slug={null} />}
        </div>
      ) : (
        <Failure
          error={error}
          onRetry={() => {
            setError(null);
            setAttempt(attempt + 1);
          }}
        />
      )}
    </Page>
  );
}
