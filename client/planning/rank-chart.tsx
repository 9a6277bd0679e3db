import { useFormats } from '../core/formats.ts';
import { DataTable } from '../ui/data-table.tsx';
import { type RankBar, rankBars } from './figures-model.ts';
import { usePlanTexts } from './plan-texts.ts';
import look from './charts.module.css';

const column = 46;
const tallest = 96;
const above = 20;

interface RankChartProps {
  /** Seats by rank; the last entry is workshops nobody had asked for. */
  readonly profile: readonly number[];
  /** The picture alone, where there is no room for the table. */
  readonly small?: boolean;
}

/** Which wish people got, as bars, with the same figures in a table. */
export function RankChart({ profile, small = false }: RankChartProps) {
  const t = usePlanTexts();
  const { number, percent } = useFormats();
  const bars = rankBars(profile);
  const most = Math.max(...bars.map((bar) => bar.seats), 1);
  const name = (bar: RankBar): string => {
    if (bar.kind === 'rank') return t('rank_nth', { rank: bar.rank });
    return bar.kind === 'later' ? t('rank_later', { from: bar.from }) : t('rank_unlisted');
  };
  const mark = (bar: RankBar): string => {
    if (bar.kind === 'rank') return String(bar.rank);
    return bar.kind === 'later' ? `${bar.from}+` : '–';
  };
  const width = bars.length * column;
  const label = bars.map((bar) => `${name(bar)}: ${number(bar.seats)}`).join(', ');
  return (
    <div className={small ? undefined : look['beside']}>
      <svg
        className={look['chart']}
        viewBox={`0 0 ${width} ${above + tallest + 22}`}
        width={width}
        role="img"
        aria-label={`${t('wishesMet')}. ${label}`}
      >
        {bars.map((bar, i) => {
          const height = Math.max(bar.seats > 0 ? 2 : 0, (bar.seats / most) * tallest);
          const middle = i * column + column / 2;
          return (
            <g key={name(bar)}>
              <rect
                className={bar.kind === 'unlisted' ? look['unlisted'] : look['bar']}
                x={i * column + 4}
                y={above + tallest - height}
                width={column - 8}
                height={height}
                rx={3}
              />
              <text className={look['value']} x={middle} y={above + tallest - height - 5} textAnchor="middle">
                {number(bar.seats)}
              </text>
              <text className={look['mark']} x={middle} y={above + tallest + 17} textAnchor="middle">
                {mark(bar)}
              </text>
            </g>
          );
        })}
        <line className={look['ground']} x1="0" x2={width} y1={above + tallest} y2={above + tallest} />
      </svg>
      {!small && (
        <div className={look['table']}>
          <DataTable stays caption={t('wishesMet')} head={[t('rank'), t('rankSeats'), t('rankShare')]}>
            {bars.map((bar) => (
              <tr key={name(bar)}>
                <th scope="row">{name(bar)}</th>
                <td data-label={t('rankSeats')}>{number(bar.seats)}</td>
                <td data-label={t('rankShare')}>{percent(bar.share)}</td>
              </tr>
            ))}
          </DataTable>
        </div>
      )}
    </div>
  );
}
