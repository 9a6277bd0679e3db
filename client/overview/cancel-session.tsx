import { useEffect, useRef } from 'react';
import { cancelSession, undoCancellation } from '../../shared/registration/contract.ts';
import { useConferenceWrite } from '../conference/organiser-writes.ts';
import { call } from '../core/api.ts';
import { useErrorSentence } from '../core/common-texts.ts';
import { catalogue } from '../core/texts.ts';
import { Button } from '../ui/button.tsx';
import { useAnnounce } from '../ui/live-region.tsx';

const useCancelTexts = catalogue('cancel session', {
  sv: {
    cancel_one: 'Ställ in {{code}}, {{count}} person får veta',
    cancel_other: 'Ställ in {{code}}, {{count}} personer får veta',
    cancelled_one: '{{code}} är inställd. {{count}} person har fått veta och kan välja något annat.',
    cancelled_other: '{{code}} är inställd. {{count}} personer har fått veta och kan välja något annat.',
    undo: 'Ångra',
    undone_one: '{{code}} ges ändå. {{count}} person har sin plats kvar.',
    undone_other: '{{code}} ges ändå. {{count}} personer har sin plats kvar.',
  },
  en: {
    cancel_one: 'Cancel {{code}} and tell {{count}} person',
    cancel_other: 'Cancel {{code}} and tell {{count}} people',
    cancelled_one: '{{code}} is cancelled. {{count}} person has been told and can choose something else.',
    cancelled_other: '{{code}} is cancelled. {{count}} people have been told and can choose something else.',
    undo: 'Undo',
    undone_one: '{{code}} is given after all. {{count}} person has their seat back.',
    undone_other: '{{code}} is given after all. {{count}} people have their seat back.',
  },
});

interface CancelSessionProps {
  readonly slug: string;
  readonly session: string;
  /** The workshop's. */
  readonly code: string;
  /** How many have a seat in it. */
  readonly people: number;
  /** Why it cannot simply be taken away. */
  readonly refusal: string;
}

/** What an organiser can do with a session that people have chosen: cancel it, and change their mind. */
export function CancelSession({ slug, session, code, people, refusal }: CancelSessionProps) {
  const t = useCancelTexts();
  const sentence = useErrorSentence();
  const announce = useAnnounce();
  const cancel = useConferenceWrite(slug, () =>
    call(cancelSession, { params: { slug, sessionId: session } }),
  );
  const undo = useConferenceWrite(slug, (cancellationId: string) =>
    call(undoCancellation, { params: { slug, cancellationId } }),
  );
  const said = undo.isSuccess
    ? t('undone', { code, count: undo.data.seats })
    : cancel.isSuccess
      ? t('cancelled', { code, count: cancel.data.seats })
      : null;
  const sentenceShown = useRef<HTMLParagraphElement>(null);
  // What was said brings the button that answers it.
  useEffect(() => {
    announce(said ?? refusal);
    sentenceShown.current?.parentElement?.querySelector('button')?.focus();
  }, [said, refusal, announce]);

  const error = undo.error ?? cancel.error;
  return (
    <>
      <p ref={sentenceShown}>{error ? sentence(error) : (said ?? refusal)}</p>
      {!cancel.isSuccess && (
        <Button busy={cancel.isPending} onClick={() => cancel.mutate(undefined)}>
          {t('cancel', { code, count: people })}
        </Button>
      )}
      {cancel.isSuccess && !undo.isSuccess && (
        <Button busy={undo.isPending} onClick={() => undo.mutate(cancel.data.cancellation)}>
          {t('undo')}
        </Button>
      )}
    </>
  );
}
