import { useDeferredValue } from 'react';
import type { Plan, PlanPerson } from '../../shared/planning/vocabulary.ts';
import { useLanguage } from '../core/language.ts';
import { useProgramme } from '../programme/organised-programme.ts';
import { Failure } from '../ui/failure.tsx';
import { Field } from '../ui/field.tsx';
import { passColour } from '../ui/pass-colour.ts';
import { Section } from '../ui/section.tsx';
import { usePlanPeople } from './decision-queries.ts';
import { useDecisionTexts } from './decision-texts.ts';
import look from './decisions.module.css';

const mostShown = 20;

interface PlanPeopleProps {
  readonly plan: Plan;
  readonly find: string;
  readonly onFind: (find: string) => void;
}

/** Why somebody got their seats, and why not others. */
export function PlanPeople({ plan, find, onFind }: PlanPeopleProps) {
  const t = useDecisionTexts();
  const { conference } = useProgramme();
  const wanted = useDeferredValue(find.trim());
  const people = usePlanPeople(conference.slug, plan.id, wanted);
  const items = wanted === '' ? [] : (people.data?.items ?? []);
  return (
    <Section title={t('reasons')} under={t('reasonsBody')}>
      <Field
        label={t('find')}
        type="search"
        autoComplete="off"
        value={find}
        className={look['find']}
        onChange={(event) => onFind(event.target.value)}
      />
      {people.isError && <Failure error={people.error} onRetry={() => void people.refetch()} />}
      <div role="status">
        {wanted !== '' && people.data && items.length === 0 && (
          <p className={look['muted']}>{t('findNobody')}</p>
        )}
        {items.length === mostShown && <p className={look['muted']}>{t('findMany')}</p>}
      </div>
      <ul className={look['people']}>
        {items.map((person) => (
          <Person key={person.id} person={person} />
        ))}
      </ul>
    </Section>
  );
}

function Person({ person: { name, organisation, seats, reasons } }: { readonly person: PlanPerson }) {
  const t = useDecisionTexts();
  const { language } = useLanguage();
  const { passes } = useProgramme();
  return (
    <li className={look['person']}>
      <p>
        <strong>{name}</strong>{' '}
        {organisation !== null && <span className={look['muted']}>{organisation}</span>}
      </p>
      {seats.length === 0 && <p>{t('noSeats')}</p>}
      <ul className={look['seats']}>
        {seats.map(({ pass, reason }) => {
          const place = Math.max(
            0,
            passes.findIndex(({ id }) => id === pass),
          );
          return (
            <li key={pass} data-pass={passColour(place)}>
              <span className={look['pass']}>{passes[place]?.name}</span> <span>{reason[language]}</span>
            </li>
          );
        })}
      </ul>
      {reasons.length > 0 && (
        <>
          <p className={look['notMet']}>{t('notMet')}</p>
          <ul className={look['unmet']}>
            {reasons.map(({ workshop, reason }) => (
              <li key={workshop}>{reason[language]}</li>
            ))}
          </ul>
        </>
      )}
    </li>
  );
}
