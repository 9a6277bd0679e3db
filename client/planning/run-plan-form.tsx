import { useState } from 'react';
import type { Stage } from '../../shared/conference/stages.ts';
import { runPlan } from '../../shared/planning/contract.ts';
import type { PlanSummary } from '../../shared/planning/vocabulary.ts';
import { useConferenceWrite } from '../conference/organiser-writes.ts';
import { call } from '../core/api.ts';
import { useErrorSentence } from '../core/common-texts.ts';
import { Button } from '../ui/button.tsx';
import { SelectField } from '../ui/field.tsx';
import { Choices, FieldGroup } from '../ui/form.tsx';
import { Notice } from '../ui/notice.tsx';
import { usePlanTexts } from './plan-texts.ts';
import look from './plans.module.css';

type Objective = PlanSummary['objective'];
const objectives: readonly Objective[] = ['ranks', 'fair', 'top', 'changes'];
const lengths = [5, 20, 60, 300] as const;

interface RunPlanFormProps {
  readonly slug: string;
  readonly stage: Stage;
  /** A plan is being computed: one at a time. */
  readonly running: boolean;
  readonly onStarted: (plan: PlanSummary) => void;
}

/** Asks for a plan: what it should be best at, what it may change, how long it may take. */
export function RunPlanForm({ slug, stage, running, onStarted }: RunPlanFormProps) {
  const t = usePlanTexts();
  const sentence = useErrorSentence();
  const chosenAlready = stage === 'picks' || stage === 'onsite';
  const [objective, setObjective] = useState<Objective>(chosenAlready ? 'changes' : 'ranks');
  const [timetable, setTimetable] = useState<'free' | 'kept'>(chosenAlready ? 'kept' : 'free');
  const [seconds, setSeconds] = useState<number>(20);
  const run = useConferenceWrite(slug, () =>
    call(runPlan, { params: { slug }, body: { objective, timetable, seconds } }),
  );
  return (
    <form
      className={look['runForm']}
      onSubmit={(event) => {
        event.preventDefault();
        run.mutate(undefined, { onSuccess: onStarted });
      }}
    >
      {chosenAlready && <p className={look['muted']}>{t('onlyChanges')}</p>}
      {run.isError && (
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
      </FieldGroup>
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
      <Button
        kind="primary"
        type="submit"
        busy={run.isPending}
        whyNot={running ? t('otherRunning') : null}
        showWhyNot
      >
        {run.isPending ? t('starting') : t('run')}
      </Button>
    </form>
  );
}
