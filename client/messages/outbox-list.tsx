import { useState } from 'react';
import { type LetterState, letterStates } from '../../shared/core/letters.ts';
import { letterNames } from '../../shared/messages/letters.ts';
import { exportLetters, handleLetters, retryLetters } from '../../shared/messages/contract.ts';
import type { Outbox } from '../../shared/messages/contract.ts';
import type { OutboxLetter } from '../../shared/messages/vocabulary.ts';
import { useConferenceWrite } from '../conference/organiser-writes.ts';
import { addressOf, call } from '../core/api.ts';
import { useErrorSentence } from '../core/common-texts.ts';
import { type Formats, useFormats } from '../core/formats.ts';
import { useLanguage } from '../core/language.ts';
import { Button, ButtonLink } from '../ui/button.tsx';
import { DataTable } from '../ui/data-table.tsx';
import { Hidden } from '../ui/hidden.tsx';
import { Notice } from '../ui/notice.tsx';
import { Pager } from '../ui/pager.tsx';
import { useLettersTexts } from './letters-texts.ts';
import { ReadLetter } from './read-letter.tsx';
import look from './letters-page.module.css';

interface OutboxListProps {
  readonly slug: string;
  readonly outbox: Outbox;
  readonly state: LetterState;
  readonly offset: number;
  readonly onState: (state: LetterState) => void;
  readonly onTurn: (offset: number) => void;
}

const pageSize = 100;
/** What an organiser asks for a letter, or for all of the state that is open. */
type Ask = { readonly what: 'retry' | 'handle'; readonly letter: string | null };

export function OutboxList({ slug, outbox, state, offset, onState, onTurn }: OutboxListProps) {
  const t = useLettersTexts();
  const sentence = useErrorSentence();
  const [said, setSaid] = useState<string | null>(null);
  const [reading, setReading] = useState<OutboxLetter | null>(null);
  const { items, counts, total, post } = outbox;
  const isOpen = state === 'waiting' || state === 'failed';
  const write = useConferenceWrite(slug, async ({ what, letter }: Ask) => {
    const letters = letter === null ? {} : { letters: [letter] };
    if (what === 'retry') {
      const { retried } = await call(retryLetters, { params: { slug }, body: letters });
      return t('retried', { count: retried });
    }
    const body = { ...letters, ...(isOpen && { state }) };
    const { handled } = await call(handleLetters, { params: { slug }, body });
    return t('handledNow', { count: handled });
  });
  const ask = (wanted: Ask): void => {
    setSaid(null);
    write.mutate(wanted, { onSuccess: setSaid });
  };
  const mayRetry = state === 'failed' && post.hasServer;
  // While there is a mail server, what waits goes by itself.
  const mayHandle = state === 'failed' || (state === 'waiting' && !post.hasServer);
  return (
    <>
      <div role="group" aria-label={t('states')} className={look['tabs']}>
        {letterStates.map((each) => (
          <button
            key={each}
            type="button"
            aria-pressed={each === state}
            className={look['tab']}
            onClick={() => onState(each)}
          >
            {t(each)} <span className={look['count']}>{counts[each]}</span>
          </button>
        ))}
      </div>
      {isOpen && total > 0 && (
        <div className={look['actions']}>
          {mayRetry && (
            <Button
              kind="primary"
              busy={write.isPending}
              onClick={() => ask({ what: 'retry', letter: null })}
            >
              {t('retryAll')}
            </Button>
          )}
          <ButtonLink
            kind={state === 'waiting' && !post.hasServer ? 'primary' : 'outline'}
            href={addressOf(exportLetters, { params: { slug }, query: { state } })}
            download
          >
            {t('export')}
          </ButtonLink>
          {mayHandle && (
            <Button busy={write.isPending} onClick={() => ask({ what: 'handle', letter: null })}>
              {t('handleAll')}
            </Button>
          )}
          <p className={look['hint']}>{t('exportHint')}</p>
        </div>
      )}
      {state === 'lapsed' && <p className={look['hint']}>{t('lapsedHint')}</p>}
      {write.isError && (
        <Notice kind="loss" announced>
          <p>{sentence(write.error)}</p>
        </Notice>
      )}
      <p role="status" className={look['said']}>
        {said}
      </p>
      {total === 0 ? (
        <p className={look['empty']}>{t(`empty_${state}`)}</p>
      ) : (
        <DataTable caption={t('outbox')} head={[t('to'), t('letter'), t('when'), t('how'), t('actions')]}>
          {items.map((letter) => (
            <LetterRow
              key={letter.id}
              letter={letter}
              byHand={!post.hasServer}
              mayRetry={mayRetry}
              mayHandle={mayHandle}
              onRead={() => setReading(letter)}
              onAsk={(what) => ask({ what, letter: letter.id })}
            />
          ))}
        </DataTable>
      )}
      <Pager pageSize={pageSize} offset={offset} total={total} onTurn={onTurn} />
      {reading && <ReadLetter slug={slug} letter={reading} onClose={() => setReading(null)} />}
    </>
  );
}

interface LetterRowProps {
  readonly letter: OutboxLetter;
  /** There is no mail server: what waits, waits for the organiser. */
  readonly byHand: boolean;
  readonly mayRetry: boolean;
  readonly mayHandle: boolean;
  readonly onRead: () => void;
  readonly onAsk: (what: Ask['what']) => void;
}

function LetterRow({ letter, byHand, mayRetry, mayHandle, onRead, onAsk }: LetterRowProps) {
  const t = useLettersTexts();
  const { language } = useLanguage();
  const formats = useFormats();
  const { to, at } = letter;
  const about = <Hidden> {`${letterNames[letter.letter][language]}, ${to.name}`}</Hidden>;
  return (
    <tr>
      <th scope="row">
        {to.name}
        <span className={look['mail']}>{to.mail}</span>
      </th>
      <td data-label={t('letter')}>{letterNames[letter.letter][language]}</td>
      <td data-label={t('when')}>{formats.dateTime(at)}</td>
      <td data-label={t('how')} className={look['answer']}>
        {standing(t, formats, letter, byHand)}
      </td>
      <td>
        <div className={look['rowActions']}>
          {letter.state !== 'lapsed' && (
            <Button kind="quiet" onClick={onRead}>
              {t('read')}
              {about}
            </Button>
          )}
          {mayRetry && (
            <Button kind="quiet" onClick={() => onAsk('retry')}>
              {t('retry')}
              {about}
            </Button>
          )}
          {mayHandle && (
            <Button kind="quiet" onClick={() => onAsk('handle')}>
              {t('handle')}
              {about}
            </Button>
          )}
        </div>
      </td>
    </tr>
  );
}

/** How a letter stands, in words. */
function standing(
  t: ReturnType<typeof useLettersTexts>,
  { dateTime }: Formats,
  { state, sentAt, to, problem, answer, attempts, nextAttemptAt }: OutboxLetter,
  byHand: boolean,
): string {
  if (state === 'sent') return t('state_sent', { when: dateTime(sentAt ?? 0) });
  if (state === 'handled') return t('state_handled');
  if (state === 'lapsed') return t('state_lapsed');
  if (problem === 'no-address' || to.mail === null) return t('problem_noAddress');
  if (state === 'failed')
    return problem === 'refused'
      ? t('problem_refused', { answer: answer ?? '' })
      : t('problem_gaveUp', { attempts, answer: answer ?? '' });
  if (problem === 'not-taken')
    return t('problem_notTaken', { answer: answer ?? '', when: dateTime(nextAttemptAt ?? 0) });
  return t(byHand ? 'state_byHand' : 'state_waiting');
}
