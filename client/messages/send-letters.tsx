import { useState } from 'react';
import { previewLetter, sendLetters } from '../../shared/messages/contract.ts';
import type { Outbox } from '../../shared/messages/contract.ts';
import { type Language, languages } from '../../shared/core/language.ts';
import { useConferenceWrite } from '../conference/organiser-writes.ts';
import { addressOf, call } from '../core/api.ts';
import { useCommonTexts, useErrorSentence } from '../core/common-texts.ts';
import { useLanguage } from '../core/language.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { CheckField } from '../ui/field.tsx';
import { Notice } from '../ui/notice.tsx';
import { useLettersTexts } from './letters-texts.ts';
import look from './letters-page.module.css';

type Bulk = 'invitation' | 'nudge';

interface SendLettersProps {
  readonly slug: string;
  readonly audience: Outbox['audience'];
}

/** The two letters that an organiser sends to many, each with whom it would reach. */
export function SendLetters({ slug, audience }: SendLettersProps) {
  const t = useLettersTexts();
  const [open, setOpen] = useState<Bulk | null>(null);
  const [said, setSaid] = useState<string | null>(null);
  const { attendees, withoutMail, uninvited, undecided } = audience;
  const reachable = attendees - withoutMail;
  const written = (count: number): void => {
    setOpen(null);
    setSaid(count === 0 ? t('writtenNone') : t('written', { count }));
  };
  return (
    <>
      <div className={look['bulk']}>
        <div className={look['bulkLetter']}>
          <h3>{t('invitation')}</h3>
          <p>{t('invitationBody')}</p>
          <p className={look['reach']}>
            {attendees === 0
              ? t('invitationNone')
              : uninvited > 0
                ? t('uninvited', { count: uninvited })
                : t('allInvited')}{' '}
            {withoutMail > 0 && t('withoutMail', { count: withoutMail })}
          </p>
          {reachable > 0 && (
            <Button kind={uninvited > 0 ? 'primary' : 'outline'} onClick={() => setOpen('invitation')}>
              {t(uninvited > 0 ? 'invite' : 'inviteAgain')}
            </Button>
          )}
        </div>
        <div className={look['bulkLetter']}>
          <h3>{t('nudge')}</h3>
          <p>{t('nudgeBody')}</p>
          <p className={look['reach']}>
            {undecided === null
              ? t('nothingOpen')
              : undecided === 0
                ? t('noUndecided')
                : t('undecided', { count: undecided })}
          </p>
          {undecided !== null && undecided > 0 && (
            <Button onClick={() => setOpen('nudge')}>{t('remind')}</Button>
          )}
        </div>
      </div>
      <p role="status" className={look['said']}>
        {said}
      </p>
      {open && (
        <SendDialog
          slug={slug}
          letter={open}
          first={open === 'invitation' ? uninvited : (undecided ?? 0)}
          all={open === 'invitation' ? reachable : (undecided ?? 0)}
          onWritten={written}
          onClose={() => setOpen(null)}
        />
      )}
    </>
  );
}

interface SendDialogProps {
  readonly slug: string;
  readonly letter: Bulk;
  /** How many have not had it. */
  readonly first: number;
  readonly all: number;
  readonly onWritten: (count: number) => void;
  readonly onClose: () => void;
}

/** The letter as it will look, and the button that sends it: what cannot be undone is seen first. */
function SendDialog({ slug, letter, first, all, onWritten, onClose }: SendDialogProps) {
  const t = useLettersTexts();
  const common = useCommonTexts();
  const sentence = useErrorSentence();
  const { language } = useLanguage();
  const [shown, setShown] = useState<Language>(language);
  const [again, setAgain] = useState(first === 0);
  const send = useConferenceWrite(slug, () =>
    call(sendLetters, { params: { slug }, body: { letter, again: again && letter === 'invitation' } }),
  );
  const count = again ? all : first;
  return (
    <Dialog open wide title={t('previewTitle')} closeLabel={common('close')} onClose={onClose}>
      <div className={look['stack']}>
        <div className={look['previewHead']}>
          <p>{t('previewHint')}</p>
          <div role="group" aria-label={t('previewIn')} className={look['tabs']}>
            {languages.map((each) => (
              <button
                key={each}
                type="button"
                aria-pressed={each === shown}
                className={look['tab']}
                onClick={() => setShown(each)}
              >
                {t(each)}
              </button>
            ))}
          </div>
        </div>
        <iframe
          sandbox=""
          title={t('previewTitle')}
          className={look['preview']}
          src={addressOf(previewLetter, { params: { slug, letter }, query: { language: shown } })}
        />
        {letter === 'invitation' && first > 0 && first < all && (
          <CheckField
            label={t('again')}
            checked={again}
            onChange={(event) => setAgain(event.target.checked)}
          />
        )}
        {send.isError && (
          <Notice kind="loss" announced>
            <p>{sentence(send.error)}</p>
          </Notice>
        )}
        <div className={look['actions']}>
          <Button
            kind="primary"
            busy={send.isPending}
            onClick={() => send.mutate(undefined, { onSuccess: ({ written }) => onWritten(written) })}
          >
            {t('sendTo', { count })}
          </Button>
          <Button onClick={onClose}>{common('cancel')}</Button>
        </div>
      </div>
    </Dialog>
  );
}
