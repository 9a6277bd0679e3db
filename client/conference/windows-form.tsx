import { Time, today } from '@internationalized/date';
import { useState } from 'react';
import type { Conference } from '../../shared/conference/vocabulary.ts';
import { Button } from '../ui/button.tsx';
import { FieldGroup } from '../ui/form.tsx';
import { ClockField, DayField } from '../ui/time-field.tsx';
import { useSettingsTexts } from './conference-texts.ts';
import { instantOf, type LocalTime, localTimeOf } from './local-time.ts';
import { SettingsForm } from './settings-forms.tsx';
import look from './settings-page.module.css';

type Ends = readonly [opens: LocalTime | null, closes: LocalTime | null];

const names = ['windows.wishes', 'windows.picks'] as const;
const fieldOfCode = { 'window-backwards': 'windows.picks' };

/** When wishing and choosing open and close, in the conference's local time. */
export function WindowsForm({ conference }: { readonly conference: Conference }) {
  const t = useSettingsTexts();
  const { timeZone, windows, slug } = conference;
  const local = (instant: string | null) => (instant === null ? null : localTimeOf(instant, timeZone));
  const sent = (at: LocalTime | null) => at && instantOf(at, timeZone);
  const [wishes, setWishes] = useState<Ends>([local(windows.wishes.opensAt), local(windows.wishes.closesAt)]);
  const [picks, setPicks] = useState<Ends>([local(windows.picks.opensAt), local(windows.picks.closesAt)]);
  const body = {
    windows: {
      wishes: { opensAt: sent(wishes[0]), closesAt: sent(wishes[1]) },
      picks: { opensAt: sent(picks[0]), closesAt: sent(picks[1]) },
    },
  };
  // The server does not say which of the two windows is backwards; the first that is gets the blame.
  const backwards = (window: { opensAt: string | null; closesAt: string | null }) =>
    window.opensAt !== null && window.closesAt !== null && window.closesAt <= window.opensAt;
  return (
    <SettingsForm
      slug={slug}
      body={body}
      names={names}
      fieldOfCode={fieldOfCode}
      saveLabel={t('saveWindows')}
    >
      {(problemOf) => {
        const refused = problemOf('windows.picks') ?? problemOf('windows.wishes');
        return (
          <>
            <WindowFields
              legend={t('wishesWindow')}
              timeZone={timeZone}
              ends={wishes}
              onChange={setWishes}
              problem={backwards(body.windows.wishes) ? refused : problemOf('windows.wishes')}
            />
            <WindowFields
              legend={t('picksWindow')}
              timeZone={timeZone}
              ends={picks}
              onChange={setPicks}
              problem={backwards(body.windows.wishes) ? undefined : problemOf('windows.picks')}
            />
          </>
        );
      }}
    </SettingsForm>
  );
}

interface WindowFieldsProps {
  readonly legend: string;
  readonly timeZone: string;
  readonly ends: Ends;
  readonly problem: string | undefined;
  readonly onChange: (ends: Ends) => void;
}

function WindowFields({ legend, timeZone, ends, problem, onChange }: WindowFieldsProps) {
  const t = useSettingsTexts();
  const [opens, closes] = ends;
  return (
    <FieldGroup legend={legend}>
      <EndFields
        label={t('opens')}
        none={t('noOpening')}
        timeZone={timeZone}
        at={opens}
        onChange={(at) => onChange([at, closes])}
      />
      <EndFields
        label={t('closes')}
        none={t('noClosing')}
        timeZone={timeZone}
        at={closes}
        problem={problem}
        onChange={(at) => onChange([opens, at])}
      />
    </FieldGroup>
  );
}

interface EndFieldsProps {
  readonly label: string;
  readonly none: string;
  readonly timeZone: string;
  readonly at: LocalTime | null;
  readonly problem?: string | undefined;
  readonly onChange: (at: LocalTime | null) => void;
}

function EndFields({ label, none, timeZone, at, problem, onChange }: EndFieldsProps) {
  const t = useSettingsTexts();
  if (!at) {
    return (
      <p className={look['unset']}>
        {label}: {none}{' '}
        <Button kind="quiet" onClick={() => onChange({ day: today(timeZone), time: new Time(9, 0) })}>
          {t('setTime')}
        </Button>
      </p>
    );
  }
  return (
    <div className={look['end']}>
      <DayField
        label={`${label}, ${t('day').toLowerCase()}`}
        value={at.day}
        problem={problem}
        onChange={(day) => day && onChange({ ...at, day })}
      />
      <ClockField label={t('time')} value={at.time} onChange={(time) => time && onChange({ ...at, time })} />
      <Button kind="quiet" onClick={() => onChange(null)}>
        {t('clearTime')}
      </Button>
    </div>
  );
}
