import { useId, useState } from 'react';
import { useLanguage } from '../core/language.ts';
import { localeOf } from '../core/formats.ts';
import { Button } from '../ui/button.tsx';
import { classes } from '../ui/classes.ts';
import { CheckField, Field } from '../ui/field.tsx';
import { everything, type Finding, findsAll } from './find.ts';
import look from './finder.module.css';
import { useRegistrationTexts } from './texts.ts';

interface FinderProps {
  readonly finding: Finding;
  readonly onChange: (next: Finding) => void;
  /** Every topic there is. */
  readonly topics: readonly string[];
  /** How many there are to find, and how many are found. */
  readonly all: number;
  readonly found: number;
  /** Whether seats can be asked for. */
  readonly seats: boolean;
}

/** Finds among fifteen or three hundred: one line until it is opened, and while it is in use it says what it does. */
export function Finder({ finding, onChange, topics, all, found, seats }: FinderProps) {
  const t = useRegistrationTexts();
  const { language } = useLanguage();
  const [open, setOpen] = useState(false);
  const id = useId();
  const idle = findsAll(finding);
  const parts = [
    ...(finding.search.trim() ? [t('quoted', { text: finding.search.trim() })] : []),
    ...finding.topics,
    ...(finding.withSeats ? [t('withSeats').toLocaleLowerCase(language)] : []),
  ];
  const toggle = (topic: string): void =>
    onChange({
      ...finding,
      topics: finding.topics.includes(topic)
        ? finding.topics.filter((other) => other !== topic)
        : [...finding.topics, topic],
    });
  return (
    <search className={look['finder']}>
      <div className={look['line']}>
        <Button kind="quiet" aria-expanded={open} aria-controls={id} onClick={() => setOpen(!open)}>
          {open ? t('finderClose') : topics.length > 0 ? t('finderOpen') : t('finderOpenPlain')}
        </Button>
        {!idle && (
          <Button kind="quiet" onClick={() => onChange(everything)}>
            {t('showAll')}
          </Button>
        )}
      </div>
      <div id={id} hidden={!open} className={look['fields']}>
        <Field
          label={t('search')}
          hint={t('searchHint')}
          type="search"
          value={finding.search}
          onChange={(event) => onChange({ ...finding, search: event.target.value })}
        />
        {topics.length > 1 && (
          <fieldset className={look['topics']}>
            <legend>{t('forMe')}</legend>
            <div className={look['chips']}>
              {topics.map((topic) => (
                <button
                  key={topic}
                  type="button"
                  className={classes(look['chip'], finding.topics.includes(topic) && look['chosen'])}
                  aria-pressed={finding.topics.includes(topic)}
                  onClick={() => toggle(topic)}
                >
                  {topic}
                </button>
              ))}
            </div>
          </fieldset>
        )}
        {seats && (
          <CheckField
            label={t('withSeats')}
            checked={finding.withSeats}
            onChange={(event) => onChange({ ...finding, withSeats: event.target.checked })}
          />
        )}
      </div>
      <p role="status" className={look['said']}>
        {!idle &&
          t('finderFound', {
            found,
            all,
            what: new Intl.ListFormat(localeOf(language), { type: 'unit' }).format(parts),
          })}
      </p>
    </search>
  );
}
