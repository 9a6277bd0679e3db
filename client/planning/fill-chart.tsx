import type { Plan } from '../../shared/planning/vocabulary.ts';
import { useFormats } from '../core/formats.ts';
import { passColour } from '../ui/pass-colour.ts';
import { fillDots } from './figures-model.ts';
import { usePlanTexts } from './plan-texts.ts';
import look from './charts.module.css';

const width = 560;
const margin = 20;
const mostNamed = 40;

interface FillChartProps {
  readonly sessions: Plan['sessions'];
  /** Ids in the order of passes, for their colours. */
  readonly passes: readonly { readonly id: string }[];
}

/** How full every session is, from empty to full, in the colour of its pass. The timetable of the plan has the same figures. */
export function FillChart({ sessions, passes }: FillChartProps) {
  const t = usePlanTexts();
  const { percent } = useFormats();
  const named = sessions.length <= mostNamed;
  const size = named ? { width: 38, height: 22 } : { width: 9, height: 9 };
  const span = width - 2 * margin;
  const dots = fillDots(sessions, (size.width + 3) / span);
  const rows = Math.max(1, ...dots.map((dot) => dot.row + 1));
  const base = rows * (size.height + 3);
  const fills = dots.map((dot) => dot.fill);
  const range = dots.length > 0 ? `${percent(Math.min(...fills))}–${percent(Math.max(...fills))}` : '';
  return (
    <div className={look['scroll']} tabIndex={0} role="group" aria-label={t('fillTitle')}>
      <svg
        className={look['chart']}
        viewBox={`0 0 ${width} ${base + 24}`}
        width={width}
        role="img"
        aria-label={`${t('fillTitle')}: ${range}. ${t('fillChart')}`}
      >
        {dots.map((dot) => {
          const x = margin + Math.min(1, dot.fill) * span;
          const y = base - (dot.row + 1) * (size.height + 3);
          const pass = passes.findIndex((p) => p.id === dot.pass);
          return (
            <g key={`${dot.workshop} ${dot.pass}`} data-pass={passColour(Math.max(0, pass))}>
              <rect
                className={look['dot']}
                x={x - size.width / 2}
                y={y}
                width={size.width}
                height={size.height}
                rx={5}
              />
              {named && (
                <text className={look['code']} x={x} y={y + 16} textAnchor="middle">
                  {dot.workshop}
                </text>
              )}
            </g>
          );
        })}
        <line className={look['ground']} x1={margin} x2={width - margin} y1={base} y2={base} />
        <text className={look['mark']} x={margin} y={base + 18} textAnchor="middle">
          {percent(0)}
        </text>
        <text className={look['mark']} x={width / 2} y={base + 18} textAnchor="middle">
          {percent(0.5)}
        </text>
        <text className={look['mark']} x={width - margin} y={base + 18} textAnchor="middle">
          {percent(1)}
        </text>
      </svg>
    </div>
  );
}
