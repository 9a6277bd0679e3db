import { useState } from 'react';
import { type LocalInterval, mayPassMidnight, sentInterval } from '../conference/local-time.ts';
import { CheckField } from '../ui/field.tsx';
import { Choices, FieldGroup, FieldRow } from '../ui/form.tsx';
import { ClockField, DayField } from '../ui/time-field.tsx';
import { useDayTexts } from './programme-texts.ts';

/** An interval as it is being typed: parts may be missing. */
type Typed = { readonly [Part in keyof LocalInterval]: LocalInterval[Part] | null };

export interface IntervalInput {
  readonly typed: Typed;
  readonly fold: 'earlier' | 'later' | null;
  readonly change: (part: Partial<Typed>) => void;
  readonly chooseFold: (fold: 'earlier' | 'later') => void;
  /** What is sent, or null while a part is missing. */
  readonly sent: SentInterval | null;
  /** The same where the time is another than it was; both ends belong together. */
  readonly changed: SentInterval | null;
}

interface SentInterval {
  readonly startsAt: string;
  readonly endsAt: string;
  readonly fold?: 'earlier' | 'later';
}

export function useInterval(opened: LocalInterval): IntervalInput {
  const [first] = useState(opened);
  const [typed, setTyped] = useState<Typed>(first);
  const [fold, setFold] = useState<'earlier' | 'later' | null>(null);
  const whole = wholeInterval(typed);
  const sent = whole && { ...sentInterval(whole), ...(fold && { fold }) };
  const isSame = JSON.stringify(sent) === JSON.stringify(sentInterval(first));
  return {
    typed,
    fold,
    change: (part) => setTyped((now) => ({ ...now, ...part })),
    chooseFold: setFold,
    sent,
    changed: isSame ? null : sent,
  };
}

/** Problem codes that concern the time, and the field they stand beside. */
export const timeProblems = {
  'ends-before-starts': 'ends',
  'passes-overlap': 'starts',
  'time-does-not-exist': 'starts',
  'time-is-ambiguous': 'starts',
} as const;

export const intervalFields = ['startsAt', 'endsAt', 'starts', 'ends', 'fold'] as const;

interface IntervalFieldsProps {
  readonly input: IntervalInput;
  readonly problemOf: (field: string) => string | undefined;
  /** The server asked which of two equal hours is meant. */
  readonly asksFold: boolean;
}

/** Day, start and end, with the questions that only some nights raise. */
export function IntervalFields({ input, problemOf, asksFold }: IntervalFieldsProps) {
  const t = useDayTexts();
  const { typed, change } = input;
  const whole = wholeInterval(typed);
  return (
    <FieldGroup legend={t('when')}>
      <FieldRow>
        <DayField label={t('day')} value={typed.day} onChange={(day) => change({ day })} />
        <ClockField
          label={t('starts')}
          value={typed.starts}
          problem={problemOf('starts') ?? problemOf('startsAt')}
          onChange={(starts) => change({ starts })}
        />
        <ClockField
          label={t('ends')}
          value={typed.ends}
          problem={problemOf('ends') ?? problemOf('endsAt')}
          onChange={(ends) => change({ ends })}
        />
      </FieldRow>
      {whole && (mayPassMidnight(whole) || whole.endsNextDay) && (
        <CheckField
          label={t('nextDay')}
          checked={whole.endsNextDay}
          onChange={(event) => change({ endsNextDay: event.target.checked })}
        />
      )}
      {asksFold && (
        <FieldGroup legend={t('fold')}>
          <Choices
            name="fold"
            value={input.fold ?? 'earlier'}
            onChange={input.chooseFold}
            options={[
              { value: 'earlier', label: t('foldEarlier') },
              { value: 'later', label: t('foldLater') },
            ]}
          />
        </FieldGroup>
      )}
    </FieldGroup>
  );
}

function wholeInterval({ day, starts, ends, endsNextDay }: Typed): LocalInterval | null {
  return day && starts && ends ? { day, starts, ends, endsNextDay: endsNextDay ?? false } : null;
}
