import { undoImport } from '../../shared/overview/contract.ts';
import { useConferenceWrite } from '../conference/organiser-writes.ts';
import { call } from '../core/api.ts';
import { useErrorSentence } from '../core/common-texts.ts';
import type { UndoImportProps } from '../people/attendees-page.tsx';
import { Button } from '../ui/button.tsx';
import { useEraseTexts } from './erase-texts.ts';

/** Takes back a whole import, as long as nobody in it has chosen or wished. */
export function UndoImport({ slug, importId, onUndone }: UndoImportProps) {
  const t = useEraseTexts();
  const sentence = useErrorSentence();
  const undo = useConferenceWrite(slug, () => call(undoImport, { params: { slug, importId } }));
  if (undo.isError) return <p>{sentence(undo.error)}</p>;
  return (
    <Button
      busy={undo.isPending}
      onClick={() =>
        undo.mutate(undefined, { onSuccess: ({ removed }) => onUndone(t('undone', { count: removed })) })
      }
    >
      {t('undoImport')}
    </Button>
  );
}
