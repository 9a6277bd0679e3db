import { type KeyboardEvent, useId, useLayoutEffect, useRef, useState } from 'react';
import { Button } from '../ui/button.tsx';
import { classes } from '../ui/classes.ts';
import { Hidden } from '../ui/hidden.tsx';
import { useAnnounce } from '../ui/live-region.tsx';
import { type Ballot, moveWish, unwish } from './ballot.ts';
import type { WorkshopCard } from './day.ts';
import look from './ranked-list.module.css';
import { useRegistrationTexts } from './texts.ts';
import { givesWay, useReorder } from './use-reorder.ts';

/** The place in the page that the bottom bar leads to. */
export const rankedListId = 'my-wishes';

interface RankedListProps {
  readonly workshops: readonly WorkshopCard[];
  readonly ballot: Ballot;
  readonly onChange: (next: Ballot) => void;
  /** What is kept, in words. */
  readonly receipt: string | null;
}

/** My wishes in order. A row moves by its handle, dragged or by keys (Space, arrows, Space), or one step by its buttons. */
export function RankedList({ workshops, ballot, onChange, receipt }: RankedListProps) {
  const t = useRegistrationTexts();
  const announce = useAnnounce();
  const headingId = useId();
  const helpId = useId();
  const list = useRef<HTMLOListElement>(null);
  const focusAfter = useRef<HTMLElement | null>(null);
  const [carried, setCarried] = useState<{ code: string; before: Ballot } | null>(null);

  // A row that moves takes the focus with it.
  useLayoutEffect(() => {
    focusAfter.current?.focus();
    focusAfter.current = null;
  });

  const change = (next: Ballot, code: string): void => {
    onChange(next);
    const rank = next.indexOf(code) + 1;
    announce(rank > 0 ? t('saidWished', { code, rank }) : t('saidUnwished', { code }));
  };
  const { dragged, press } = useReorder(list, (from, to) => {
    const code = ballot[from];
    if (code !== undefined) change(moveWish(ballot, code, to - from), code);
  });
  const move = (code: string, by: number, element: HTMLElement): void => {
    focusAfter.current = element;
    change(moveWish(ballot, code, by), code);
  };

  const keyOnHandle = (event: KeyboardEvent<HTMLElement>, code: string): void => {
    const { key, currentTarget } = event;
    const isCarried = carried?.code === code;
    if (key === ' ' || key === 'Enter') {
      event.preventDefault();
      setCarried(isCarried ? null : { code, before: ballot });
      announce(
        isCarried
          ? t('saidDropped', { code, rank: ballot.indexOf(code) + 1 })
          : t('saidCarried', { code, rank: ballot.indexOf(code) + 1, count: ballot.length }),
      );
    } else if (isCarried && key === 'Escape') {
      focusAfter.current = currentTarget;
      setCarried(null);
      onChange(carried.before);
      announce(t('saidPutBack', { code, rank: carried.before.indexOf(code) + 1 }));
    } else if (isCarried && (key === 'ArrowUp' || key === 'ArrowDown')) {
      event.preventDefault();
      move(code, key === 'ArrowUp' ? -1 : 1, currentTarget);
    }
  };

  return (
    <section id={rankedListId} className={look['ranked']} aria-labelledby={headingId} tabIndex={-1}>
      <h2 id={headingId} className={look['heading']}>
        {t('wishesTitle')}
      </h2>
      {ballot.length === 0 ? (
        <p className={look['empty']}>{t('wishesEmpty')}</p>
      ) : (
        <p id={helpId} className={look['empty']}>
          {t('reorderHelp')}
        </p>
      )}
      <ol ref={list} className={classes(dragged && look['dragging'])}>
        {ballot.map((code, i) => {
          const workshop = workshops.find((w) => w.code === code);
          const isDragged = dragged?.from === i;
          const shift = dragged ? (isDragged ? dragged.by : givesWay(i, dragged)) : 0;
          return (
            <li
              key={code}
              className={classes(look['row'], (isDragged || carried?.code === code) && look['lifted'])}
              style={shift === 0 ? undefined : { transform: `translateY(${shift}px)` }}
            >
              <button
                type="button"
                className={look['handle']}
                aria-pressed={carried?.code === code}
                aria-describedby={helpId}
                onPointerDown={(event) => press(event, i)}
                onKeyDown={(event) => keyOnHandle(event, code)}
                onBlur={() => focusAfter.current === null && carried?.code === code && setCarried(null)}
              >
                <span className={look['grip']} aria-hidden="true" />
                <span className={look['number']} aria-hidden="true">
                  {i + 1}
                </span>
                <Hidden>{t('handle', { code, rank: i + 1, count: ballot.length })}</Hidden>
              </button>
              <div className={look['text']}>
                <p>
                  <strong className={look['code']}>{code}</strong> {workshop?.title}
                </p>
                <div className={look['moves']}>
                  <Button
                    kind="quiet"
                    disabled={i === 0}
                    onClick={(event) => move(code, -1, event.currentTarget)}
                  >
                    {t('moveUp')}
                    <Hidden> {code}</Hidden>
                  </Button>
                  <Button
                    kind="quiet"
                    disabled={i === ballot.length - 1}
                    onClick={(event) => move(code, 1, event.currentTarget)}
                  >
                    {t('moveDown')}
                    <Hidden> {code}</Hidden>
                  </Button>
                  <Button kind="quiet" onClick={() => change(unwish(ballot, code), code)}>
                    {t('removeWish')}
                    <Hidden> {code}</Hidden>
                  </Button>
                </div>
              </div>
            </li>
          );
        })}
      </ol>
      {receipt !== null && <p className={look['receipt']}>{receipt}</p>}
    </section>
  );
}
