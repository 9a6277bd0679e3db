import { type ReactNode, useState } from 'react';
import { useConferenceWrite } from '../conference/organiser-writes.ts';
import { refusalCode } from '../core/api.ts';
import { useCommonTexts, useErrorSentence } from '../core/common-texts.ts';
import { useFormProblems } from '../core/use-form-problems.ts';
import { Button } from '../ui/button.tsx';
import { Form } from '../ui/form.tsx';
import { Notice } from '../ui/notice.tsx';
import { useDayTexts } from './programme-texts.ts';

interface ItemFormProps<Answer> {
  readonly slug: string;
  readonly names: readonly string[];
  readonly fieldOfCode: Readonly<Record<string, string>>;
  /** Sends what the fields say; null while something is missing that only the form can see. */
  readonly save: (() => Promise<Answer>) | null;
  readonly saveLabel: string;
  readonly onSaved: (answer: Answer) => void;
  /** Removes the item, where it exists. */
  readonly remove?: (() => Promise<unknown>) | undefined;
  readonly onRemoved?: () => void;
  readonly onClose: () => void;
  readonly children: (problemOf: (field: string) => string | undefined, refusal: string | null) => ReactNode;
}

/** The form of one item of the day: save, remove, and every refusal beside its field. */
export function ItemForm<Answer>({
  slug,
  names,
  fieldOfCode,
  save,
  saveLabel,
  onSaved,
  remove,
  onRemoved,
  onClose,
  children,
}: ItemFormProps<Answer>) {
  const t = useDayTexts();
  const common = useCommonTexts();
  const sentence = useErrorSentence();
  const [incomplete, setIncomplete] = useState(false);
  const saving = useConferenceWrite(slug, (send: () => Promise<Answer>) => send());
  const removing = useConferenceWrite(slug, (send: () => Promise<unknown>) => send());
  const problems = useFormProblems(saving.error, names, fieldOfCode);
  const submit = (): void => {
    setIncomplete(!save);
    if (save) saving.mutate(save, { onSuccess: onSaved });
  };
  return (
    <Form
      onSubmit={submit}
      problems={problems}
      problemTitle={t('problem')}
      actions={
        <>
          <Button kind="primary" type="submit" busy={saving.isPending}>
            {saveLabel}
          </Button>
          <Button onClick={onClose}>{common('cancel')}</Button>
          {remove && (
            <Button
              kind="danger"
              busy={removing.isPending}
              onClick={() => removing.mutate(remove, { ...(onRemoved && { onSuccess: onRemoved }) })}
            >
              {t('remove')}
            </Button>
          )}
        </>
      }
    >
      {incomplete && !save && (
        <Notice kind="trouble" announced>
          <p>{t('timeMissing')}</p>
        </Notice>
      )}
      {removing.isError && (
        <Notice kind="loss" announced>
          <p>{sentence(removing.error)}</p>
        </Notice>
      )}
      {children((field) => problems?.fields[field], refusalCode(saving.error))}
    </Form>
  );
}
