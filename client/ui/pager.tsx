import { useCommonTexts } from '../core/common-texts.ts';
import { Button } from './button.tsx';
import look from './pager.module.css';

interface PagerProps {
  /** How many stand before this page. */
  readonly offset: number;
  readonly pageSize: number;
  readonly total: number;
  readonly onTurn: (offset: number) => void;
}

/** Turns the pages of a list that is fetched piece by piece. Nothing where one page holds all. */
export function Pager({ offset, pageSize, total, onTurn }: PagerProps) {
  const t = useCommonTexts();
  if (total <= pageSize) return null;
  const to = Math.min(total, offset + pageSize);
  return (
    <div className={look['pager']}>
      {offset > 0 && <Button onClick={() => onTurn(offset - pageSize)}>{t('previousPage')}</Button>}
      <span>{t('pageRange', { from: offset + 1, to, total })}</span>
      {to < total && <Button onClick={() => onTurn(offset + pageSize)}>{t('nextPage')}</Button>}
    </div>
  );
}
