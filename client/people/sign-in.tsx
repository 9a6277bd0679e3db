import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useParams } from 'react-router';
import { signInOrganiser } from '../../shared/people/contract.ts';
import { call } from '../core/api.ts';
import { useErrorSentence } from '../core/common-texts.ts';
import { paths } from '../core/paths.ts';
import { useTitle } from '../core/title.ts';
import { Button } from '../ui/button.tsx';
import { LanguageSwitch } from '../ui/language-switch.tsx';
import { Notice } from '../ui/notice.tsx';
import { Page } from '../ui/page.tsx';
import look from './sign-in.module.css';
import { usePeopleTexts } from './texts.ts';

/** Spends the organiser's one-time link by a press, so that a mail program that opens links cannot spend it. */
export default function SignIn() {
  const { token = '' } = useParams();
  const t = usePeopleTexts();
  const sentence = useErrorSentence();
  const queries = useQueryClient();
  const navigate = useNavigate();
  useTitle(t('signInTitle'));
  const signIn = useMutation({
    mutationFn: () => call(signInOrganiser, { body: { token } }),
    onSuccess: () => {
      queries.clear();
      void navigate(paths.organise, { replace: true });
    },
  });
  return (
    <Page above="Verkstad" title={t('signInTitle')} aside={<LanguageSwitch />}>
      <div className={look['steps']}>
        <p>{t('signInText')}</p>
        {signIn.isError && (
          <Notice kind="loss" title={t('signInFailed')} announced>
            <p>{sentence(signIn.error)}</p>
          </Notice>
        )}
        <Button kind="primary" busy={signIn.isPending} onClick={() => signIn.mutate()}>
          {t('signIn')}
        </Button>
      </div>
    </Page>
  );
}
