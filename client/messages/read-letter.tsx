import { useQuery } from '@tanstack/react-query';
import { readLetter, showLetter } from '../../shared/messages/contract.ts';
import { letterNames } from '../../shared/messages/letters.ts';
import type { OutboxLetter } from '../../shared/messages/vocabulary.ts';
import { conferenceKey } from '../conference/organiser-writes.ts';
import { addressOf, call } from '../core/api.ts';
import { useCommonTexts } from '../core/common-texts.ts';
import { useLanguage } from '../core/language.ts';
import { Dialog } from '../ui/dialog.tsx';
import { Failure } from '../ui/failure.tsx';
import { Bone, Skeleton } from '../ui/skeleton.tsx';
import { useLettersTexts } from './letters-texts.ts';
import look from './letters-page.module.css';

interface ReadLetterProps {
  readonly slug: string;
  readonly letter: OutboxLetter;
  readonly onClose: () => void;
}

/** One letter as its reader would see it now. */
export function ReadLetter({ slug, letter, onClose }: ReadLetterProps) {
  const t = useLettersTexts();
  const common = useCommonTexts();
  const { language } = useLanguage();
  const params = { slug, letterId: letter.id };
  const read = useQuery({
    queryKey: [...conferenceKey(slug), 'letter', letter.id],
    queryFn: ({ signal }) => call(readLetter, { params, signal }),
  });
  const title = t('readTitle', { letter: letterNames[letter.letter][language], name: letter.to.name });
  return (
    <Dialog open wide title={title} closeLabel={common('close')} onClose={onClose}>
      {read.isPending && (
        <Skeleton label={t('loading')}>
          <Bone tall />
        </Skeleton>
      )}
      {read.isError && <Failure error={read.error} onRetry={() => void read.refetch()} />}
      {read.data &&
        (read.data.content ? (
          <iframe
            title={title}
            sandbox=""
            className={look['preview']}
            src={addressOf(showLetter, { params })}
          />
        ) : (
          <p>{t('nothingToSay')}</p>
        ))}
    </Dialog>
  );
}
