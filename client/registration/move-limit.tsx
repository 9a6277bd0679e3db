import { useErrorSentence } from '../core/common-texts.ts';
import { Notice } from '../ui/notice.tsx';
import { SelectField } from '../ui/field.tsx';
import look from './move-limit.module.css';
import { useRegistrationTexts } from './texts.ts';
import { useNeverMoveAfter } from './use-waiting.ts';

interface MoveLimitProps {
  readonly slug: string;
  /** As the server has it, `08:30`; null: any time before the pass. */
  readonly time: string | null;
}

const times = Array.from({ length: 25 }, (_, i) => {
  const minutes = 6 * 60 + i * 30;
  return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${minutes % 60 === 0 ? '00' : '30'}`;
});

/** From when on the day no queue moves me any more: who has found a seat in a room may want to keep it. */
export function MoveLimit({ slug, time }: MoveLimitProps) {
  const t = useRegistrationTexts();
  const sentence = useErrorSentence();
  const limit = useNeverMoveAfter(slug);
  const shown = limit.isPending ? limit.variables : time;
  const offered = shown === null || times.includes(shown) ? times : [shown, ...times].sort();
  return (
    <div className={look['limit']}>
      <SelectField
        label={t('neverMove')}
        hint={t('neverMoveHint')}
        value={shown ?? ''}
        onChange={(event) => limit.mutate(event.target.value || null)}
      >
        <option value="">{t('neverMoveNot')}</option>
        {offered.map((option) => (
          <option key={option} value={option}>
            {t('neverMoveAt', { time: t('clock', { hours: option.slice(0, 2), minutes: option.slice(3) }) })}
          </option>
        ))}
      </SelectField>
      {limit.isError && (
        <Notice kind="trouble" announced>
          <p>{sentence(limit.error)}</p>
        </Notice>
      )}
    </div>
  );
}
