import { useState } from 'react';
import { hasReached } from '../../shared/conference/rules.ts';
import { runPlan } from '../../shared/planning/contract.ts';
import { planRunning } from '../../shared/planning/refusals.ts';
import { whyNotRun } from '../../shared/planning/rules.ts';
import type { PlanSummary } from '../../shared/planning/vocabulary.ts';
import { useConferenceWrite } from '../conference/organiser-writes.ts';
import { call, refusalCode } from '../core/api.ts';
import { useErrorSentence } from '../core/common-texts.ts';
import { useLanguage } from '../core/language.ts';
import { useProgramme } from '../programme/organised-programme.ts';
import { Button } from '../ui/button.tsx';
import { Field, SelectField } from '../ui/field.tsx';
import { Choices, FieldGroup } from '../ui/form.tsx';
import { Notice } from '../ui/notice.tsx';
import { usePlanTexts } from './plan-texts.ts';
import look from './plans.module.css';

type Objective = PlanSummary['objective'];
const objectives: readonly Objective[] = ['ranks', 'fair', 'top', 'changes', 'lottery'];
const lengths = [5, 20, 60, 300] as const;

interface RunPlanFormProps {
  /** The number of the plan that is being computed: one at a time. */
  readonly running: number | null;
  readonly onStarted: (plan: PlanSummary) => void;
}

/** The seed that is written: undefined where the field is empty, null where it holds something else. */
function seedIn(written: string): number | undefined | null {
  const text = written.trim();
  if (text === '') return undefined;
  return /^\d{1,10}$/u.test(text) && Number(text) <= 2_147_483_647 ? Number(text) : null;
}

/** Asks for a plan: what it should be best at, what it may change, how long it may take. */
export function RunPlanForm({ running, onStarted }: RunPlanFormProps) {
  const t = usePlanTexts();
  const sentence = useErrorSentence();
  const { language } = useLanguage();
  const { conference, passes, rooms, workshops, counts } = useProgramme();
  const { slug, stage } = conference;
  const chosenAlready = hasReached(stage, 'picks');
  const no = whyNotRun({
    running,
    passes: passes.length,
    rooms: rooms.length,
    workshops: workshops.length,
    attendees: counts.attendees,
  });
  const [objective, setObjective] = useState<Objective>(chosenAlready ? 'changes' : 'ranks');
  const [timetable, setTimetable] = useState<'free' | 'kept'>(chosenAlready ? 'kept' : 'free');
  const [seconds, setSeconds] = useState<number>(20);
  const [written, setWritten] = useState('');
  const seed = seedIn(written);
  const wrong = objective === 'lottery' && seed === null;
  const run = useConferenceWrite(slug, () =>
    call(runPlan, {
      params: { slug },
      body: {
        objective,
        timetable,
        seconds,
        ...(objective === 'lottery' && seed !== null && { seed }),
      },
    }),
  );
  return (
    <form
      className={look['runForm']}
      onSubmit={(event) => {
        event.preventDefault();
        if (!wrong) run.mutate(undefined, { onSuccess: onStarted });
      }}
    >
      {chosenAlready && <p className={look['muted']}>{t('onlyChanges')}</p>}
      {run.isError && refusalCode(run.error) !== planRunning.code && (
        <Notice kind="loss" announced>
          <p>{sentence(run.error)}</p>
        </Notice>
      )}
      <FieldGroup legend={t('objective')}>
        <Choices
          name="objective"
          value={objective}
          onChange={setObjective}
          options={objectives.map((value) => ({ value, label: t(value), hint: t(`${value}More`) }))}
        />
        <p className={look['muted']}>{t('honest')}</p>
      </FieldGroup>
      {objective === 'lottery' && (
        <Field
          label={t('seed')}
          hint={t('seedMore')}
          inputMode="numeric"
          autoComplete="off"
          value={written}
          problem={wrong ? t('seedWrong') : null}
          onChange={(event) => setWritten(event.target.value)}
        />
      )}
      <FieldGroup legend={t('timetable')}>
        <Choices
          name="timetable"
          value={timetable}
          onChange={setTimetable}
          options={[
            { value: 'free', label: t('free') },
            { value: 'kept', label: t('kept') },
          ]}
        />
      </FieldGroup>
      <SelectField
        label={t('seconds')}
        value={seconds}
        onChange={(event) => setSeconds(Number(event.target.value))}
      >
        {lengths.map((length) => (
          <option key={length} value={length}>
            {length} {t('secondsUnit')}
          </option>
        ))}
      </SelectField>
      <Button kind="primary" type="submit" busy={run.isPending} whyNot={no?.detail[language]} showWhyNot>
        {run.isPending ? t('starting') : t('run')}
      </Button>
    </form>
  );
}
