import { useLanguage } from '../core/language.ts';
import { Button } from '../ui/button.tsx';
import { Notice } from '../ui/notice.tsx';
import { type Day, type Held, heldIn, nextBest, type PassDay, seatsLeft } from './day.ts';
import type { Note, Picking } from './picking.ts';
import { useRegistrationTexts } from './texts.ts';

interface PassNoteProps {
  readonly day: Day;
  readonly pass: PassDay;
  readonly held: Held;
  readonly note: Note;
  readonly now: number;
  readonly picking: Picking;
}

/** What went otherwise than wished in a pass: what happened, what is still true, what can be done. */
export function PassNote(props: PassNoteProps) {
  const { note, pass, picking } = props;
  const t = useRegistrationTexts();
  const { language } = useLanguage();
  switch (note.kind) {
    case 'lost':
      return <LostSeat {...props} note={note} />;
    case 'refused':
      return (
        <Notice kind="trouble" title={note.problem.title} announced>
          <p>{note.problem.messages[language]}</p>
        </Notice>
      );
    case 'unsent':
      return (
        <Notice
          kind="trouble"
          title={t('unsentTitle')}
          announced
          actions={<Button onClick={() => picking.retry(pass.id)}>{t('tryAgain')}</Button>}
        >
          <p>{t('unsentText')}</p>
        </Notice>
      );
    case 'swapped':
      return null;
  }
}

function LostSeat({
  day,
  pass,
  held,
  note,
  now,
  picking,
}: PassNoteProps & { readonly note: Extract<Note, { kind: 'lost' }> }) {
  const t = useRegistrationTexts();
  const lost = pass.choices.find((choice) => choice.session === note.session);
  const kept = pass.choices.find((choice) => choice.session === heldIn(held, pass.id));
  const offer = nextBest(day, held, pass, note.session, now);
  if (!lost) return null;
  const { code } = lost.workshop;
  const still = kept
    ? t(note.back ? 'lostBack' : 'lostKept', { code: kept.workshop.code })
    : t('lostNothing', { pass: pass.name });
  return (
    <Notice
      kind="loss"
      title={t('lostTitle', { code })}
      announced
      actions={
        <>
          {offer && (
            <Button onClick={() => picking.take(pass.id, offer.session)}>
              {t('takeInstead', { code: offer.workshop.code })}
            </Button>
          )}
          <Button kind="quiet" onClick={() => picking.queue(pass.id, note.session)}>
            {t('waitFor', { code })}
          </Button>
        </>
      }
    >
      <p>
        {still}
        {offer && ` ${t('lostOffer', { code: offer.workshop.code, count: seatsLeft(offer) })}`}
      </p>
    </Notice>
  );
}
