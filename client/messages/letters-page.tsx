import { useState } from 'react';
import type { LetterState } from '../../shared/core/letters.ts';
import type { Outbox } from '../../shared/messages/contract.ts';
import { useFormats } from '../core/formats.ts';
import { useTitle } from '../core/title.ts';
import { useProgramme } from '../programme/organised-programme.ts';
import { Failure } from '../ui/failure.tsx';
import { Notice } from '../ui/notice.tsx';
import { PageHeading, Section } from '../ui/section.tsx';
import { Bone, Skeleton } from '../ui/skeleton.tsx';
import { LetterRulesForm } from './letter-rules-form.tsx';
import { useOutbox } from './letters-query.ts';
import { useLettersTexts } from './letters-texts.ts';
import { OutboxList } from './outbox-list.tsx';
import { SendLetters } from './send-letters.tsx';
import look from './letters-page.module.css';

/** What goes out by mail: letters to send, the outbox, and those that go by themselves. */
export function LettersPage() {
  const t = useLettersTexts();
  const { conference } = useProgramme();
  const { slug, name } = conference;
  const [state, setState] = useState<LetterState>('waiting');
  const [offset, setOffset] = useState(0);
  const outbox = useOutbox(slug, state, offset);
  useTitle(t('title'), name);
  const { data } = outbox;
  return (
    <>
      <PageHeading
        title={t('title')}
        under={
          data?.post.from !== undefined && data.post.from !== null && t('sentFrom', { from: data.post.from })
        }
      />
      {outbox.isPending && (
        <Skeleton label={t('loading')}>
          <Bone size="half" />
          <Bone tall />
          <Bone size="most" />
          <Bone size="whole" />
        </Skeleton>
      )}
      {outbox.isError && !data && <Failure error={outbox.error} onRetry={() => void outbox.refetch()} />}
      {data && (
        <>
          <PostNotice post={data.post} />
          <div className={look['columns']}>
            <div>
              <Section title={t('send')}>
                <SendLetters slug={slug} audience={data.audience} />
              </Section>
              <Section title={t('outbox')}>
                <OutboxList
                  slug={slug}
                  outbox={data}
                  state={state}
                  offset={offset}
                  onState={(next) => {
                    setState(next);
                    setOffset(0);
                  }}
                  onTurn={setOffset}
                />
              </Section>
            </div>
            <Section title={t('rules')} under={t('rulesHint')}>
              <LetterRulesForm slug={slug} rules={data.rules} />
            </Section>
          </div>
        </>
      )}
    </>
  );
}

function PostNotice({ post }: { readonly post: Outbox['post'] }) {
  const t = useLettersTexts();
  const { dateTime } = useFormats();
  if (!post.hasServer)
    return (
      <Notice className={look['notice']} title={t('noServer')}>
        <p>{t('noServerBody')}</p>
      </Notice>
    );
  if (!post.trouble) return null;
  const { since, says } = post.trouble;
  return (
    <Notice className={look['notice']} kind="trouble" title={t('trouble')} announced>
      <p className={look['answer']}>{t('troubleBody', { since: dateTime(since), says })}</p>
    </Notice>
  );
}
