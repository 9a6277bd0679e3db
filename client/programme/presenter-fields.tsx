import { useState } from 'react';
import { Button } from '../ui/button.tsx';
import { Field } from '../ui/field.tsx';
import { FieldGroup } from '../ui/form.tsx';
import { Hidden } from '../ui/hidden.tsx';
import { useWorkshopTexts } from './programme-texts.ts';
import look from './workshops-page.module.css';

export interface PresenterRow {
  /** Tells rows apart while they are edited. */
  readonly key: string;
  readonly name: string;
  readonly affiliation: string;
}

/** Rows as they are sent; a row left altogether empty is no presenter. */
export function sentPresenters(rows: readonly PresenterRow[]): { name: string; affiliation: string }[] {
  return rows.filter(isFilled).map(({ name, affiliation }) => ({ name, affiliation }));
}

function isFilled({ name, affiliation }: PresenterRow): boolean {
  return name.trim() !== '' || affiliation.trim() !== '';
}

let rowsMade = 0;

interface PresenterFieldsProps {
  readonly rows: readonly PresenterRow[];
  /** By path: `presenters`, `presenters.0.name`. */
  readonly problems: Readonly<Record<string, string>>;
  readonly onChange: (rows: readonly PresenterRow[]) => void;
}

/** The presenters of a workshop, a row each. */
export function PresenterFields({ rows, problems, onChange }: PresenterFieldsProps) {
  const t = useWorkshopTexts();
  const [fresh, setFresh] = useState<string | null>(null);
  const change = (key: string, part: Partial<PresenterRow>): void =>
    onChange(rows.map((row) => (row.key === key ? { ...row, ...part } : row)));
  const add = (): void => {
    const key = `new ${++rowsMade}`;
    setFresh(key);
    onChange([...rows, { key, name: '', affiliation: '' }]);
  };
  const inRows = Object.keys(problems).some((path) => path.startsWith('presenters.'));
  return (
    <FieldGroup
      legend={t('presenters')}
      hint={t('presentersHint')}
      problem={inRows ? undefined : problems['presenters']}
    >
      <div className={look['presenters']}>
        {rows.map((row, index) => {
          // Empty rows are not sent, so the server counts without them.
          const path = `presenters.${rows.slice(0, index).filter(isFilled).length}`;
          return (
            <div
              key={row.key}
              className={look['presenter']}
              role="group"
              aria-label={t('presenterNumber', { number: index + 1 })}
            >
              <Field
                label={t('presenterName')}
                autoFocus={row.key === fresh}
                value={row.name}
                problem={isFilled(row) ? problems[`${path}.name`] : undefined}
                onChange={(event) => change(row.key, { name: event.target.value })}
              />
              <Field
                label={t('presenterAffiliation')}
                value={row.affiliation}
                problem={isFilled(row) ? problems[`${path}.affiliation`] : undefined}
                onChange={(event) => change(row.key, { affiliation: event.target.value })}
              />
              <Button kind="quiet" onClick={() => onChange(rows.filter((other) => other.key !== row.key))}>
                {t('removeRow')}
                <Hidden> {t('presenterNumber', { number: index + 1 })}</Hidden>
              </Button>
            </div>
          );
        })}
        <div>
          <Button onClick={add}>{t('addPresenter')}</Button>
        </div>
      </div>
    </FieldGroup>
  );
}
