import type { Plan } from '../../shared/planning/vocabulary.ts';
import { useProgramme } from '../programme/organised-programme.ts';
import { paths } from '../core/paths.ts';
import { DataTable } from '../ui/data-table.tsx';
import { RouteButton } from '../ui/route-button.tsx';
import { Section } from '../ui/section.tsx';
import { timetableDifferences } from './figures-model.ts';
import { useFigureRows } from './plan-figures-list.tsx';
import { usePlanTexts } from './plan-texts.ts';
import { RankChart } from './rank-chart.tsx';
import look from './plans.module.css';

/** Two plans side by side: figures, bars, and where their timetables differ. */
export function PlanComparison({ here, there }: { readonly here: Plan; readonly there: Plan }) {
  const t = usePlanTexts();
  const { conference, passes, rooms } = useProgramme();
  const figureRows = useFigureRows();
  const [a, b] = [t('number', { number: here.number }), t('number', { number: there.number })];
  const rows = figureRows(here);
  const otherRows = figureRows(there);
  const differences = timetableDifferences(here.sessions, there.sessions);
  const places = (some: readonly { readonly pass: string; readonly room: string }[]): string =>
    some
      .map(({ pass, room }) =>
        t('inRoom', {
          pass: passes.find((p) => p.id === pass)?.name ?? '',
          room: rooms.find((r) => r.id === room)?.name ?? '',
        }),
      )
      .join('; ') || t('notGiven');
  return (
    <Section
      title={t('compareTitle', { a: here.number, b: there.number })}
      actions={
        <RouteButton to={paths.plan(conference.slug, here.id)}>
          {t('backTo', { number: here.number })}
        </RouteButton>
      }
    >
      <DataTable caption={t('figures')} head={[t('compareFigure'), a, b]}>
        {rows.map(({ name, value }) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            <td data-label={a}>{value}</td>
            <td data-label={b}>{otherRows.find((row) => row.name === name)?.value}</td>
          </tr>
        ))}
      </DataTable>
      <div className={look['pair']}>
        {[here, there].map((plan) => (
          <figure key={plan.id}>
            <figcaption className={look['muted']}>
              {t('number', { number: plan.number })}: {t('wishesMet').toLowerCase()}
            </figcaption>
            {plan.figures && <RankChart profile={plan.figures.profile} small />}
          </figure>
        ))}
      </div>
      <h3 className={look['subtitle']}>{t('compareTimetable')}</h3>
      {differences.length === 0 ? (
        <p>{t('compareSame')}</p>
      ) : (
        <DataTable caption={t('compareTimetable')} head={[t('workshop'), a, b]}>
          {differences.map((difference) => (
            <tr key={difference.workshop}>
              <th scope="row">{difference.workshop}</th>
              <td data-label={a}>{places(difference.here)}</td>
              <td data-label={b}>{places(difference.there)}</td>
            </tr>
          ))}
        </DataTable>
      )}
    </Section>
  );
}
