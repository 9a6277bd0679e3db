import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useParams } from 'react-router';
import { chooseReminders, getReminders } from '../../shared/messages/contract.ts';
import { call } from '../core/api.ts';
import { useErrorSentence } from '../core/common-texts.ts';
import { useTitle } from '../core/title.ts';
import { Button } from '../ui/button.tsx';
import { Failure } from '../ui/failure.tsx';
import { LanguageSwitch } from '../ui/language-switch.tsx';
import { Notice } from '../ui/notice.tsx';
import { Page } from '../ui/page.tsx';
import { Bone, Skeleton } from '../ui/skeleton.tsx';
import { useRemindersTexts } from './reminders-texts.ts';
import look from './letters-page.module.css';

/** Behind the link under a reminder: off, and on again, without signing in. */
export default function RemindersPage() {
  const t = useRemindersTexts();
  const sentence = useErrorSentence();
  const queries = useQueryClient();
  const { attendeeId = '', token = '' } = useParams();
  const params = { attendeeId, token };
  const key = ['reminders', attendeeId, token];
  const asked = useQuery({ queryKey: key, queryFn: ({ signal }) => call(getReminders, { params, signal }) });
  const choose = useMutation({
    mutationFn: (reminders: boolean) => call(chooseReminders, { params, body: { reminders } }),
    onSuccess: (kept) => queries.setQueryData(key, kept),
  });
  useTitle(t('title'), asked.data?.conference ?? '');
  const { data } = asked;
  return (
    <Page above={data?.host} title={t('title')} aside={<LanguageSwitch />}>
      {asked.isPending && (
        <Skeleton label={t('loading')}>
          <Bone size="most" />
          <Bone size="half" />
        </Skeleton>
      )}
      {asked.isError && <Failure error={asked.error} onRetry={() => void asked.refetch()} />}
      {data && (
        <div className={look['stack']}>
          <p role="status">{t(data.reminders ? 'on' : 'off', { conference: data.conference })}</p>
          <p>{t('still')}</p>
          {choose.isError && (
            <Notice kind="loss" announced>
              <p>{sentence(choose.error)}</p>
            </Notice>
          )}
          <div className={look['actions']}>
            <Button kind="primary" busy={choose.isPending} onClick={() => choose.mutate(!data.reminders)}>
              {t(data.reminders ? 'turnOff' : 'turnOn')}
            </Button>
          </div>
        </div>
      )}
    </Page>
  );
}
