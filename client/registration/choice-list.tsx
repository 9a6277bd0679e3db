import { type ReactNode, useState } from 'react';
import { Button } from '../ui/button.tsx';
import look from './choice-list.module.css';
import type { Choice, PassDay } from './day.ts';
import { type Finding, finds } from './find.ts';
import { useRegistrationTexts } from './texts.ts';

interface ChoiceListProps {
  readonly pass: PassDay;
  readonly title: string | null;
  readonly finding: Finding;
  readonly onShowAll: () => void;
  readonly renderChoice: (choice: Choice) => ReactNode;
}

/** A list longer than `most` begins with `first`. */
const most = 16;
const first = 12;

/** What can be chosen in a pass, as far as it is looked for; a long list begins short. */
export function ChoiceList({ pass, title, finding, onShowAll, renderChoice }: ChoiceListProps) {
  const t = useRegistrationTexts();
  const [whole, setWhole] = useState(false);
  const found = pass.choices.filter((choice) => finds(finding, choice));
  const shown = whole || found.length <= most ? found : found.slice(0, first);
  const outside = pass.choices.length - found.length;
  return (
    <div className={look['choices']}>
      {title !== null && <p className={look['title']}>{title}</p>}
      {shown.length > 0 && <ul>{shown.map(renderChoice)}</ul>}
      {shown.length < found.length && (
        <Button onClick={() => setWhole(true)}>
          {t('showMore', { count: found.length - shown.length })}
        </Button>
      )}
      {outside > 0 && (
        <p className={look['outside']}>
          {found.length === 0 ? t('noneFound', { pass: pass.name }) : t('outside', { count: outside })}{' '}
          <Button kind="quiet" onClick={onShowAll}>
            {t('showAll')}
          </Button>
        </p>
      )}
    </div>
  );
}
