import type { Plan } from '../../shared/planning/vocabulary.ts';
import { classes } from '../ui/classes.ts';
import { Hidden } from '../ui/hidden.tsx';
import { Meter } from '../ui/meter.tsx';
import { passColour } from '../ui/pass-colour.ts';
import { useProgramme } from '../programme/organised-programme.ts';
import { changeOf } from './figures-model.ts';
import { usePlanTexts } from './plan-texts.ts';
import { useTimetableNow } from './timetable-now.ts';
import look from './plans.module.css';

/** The timetable of a plan as the board would show it, with what differs from now. */
export function PlanTimetable({ plan }: { readonly plan: Plan }) {
  const t = usePlanTexts();
  const { passes, rooms, workshops } = useProgramme();
  const now = useTimetableNow();
  return (
    <div className={look['scroll']} tabIndex={0} role="group" aria-label={t('preview')}>
      <table className={look['timetable']}>
        <thead>
          <tr>
            <td className={look['corner']} />
            {passes.map((pass, i) => (
              <th key={pass.id} scope="col" data-pass={passColour(i)} className={look['pass']}>
                {pass.name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rooms.map((room) => (
            <tr key={room.id}>
              <th scope="row" className={look['room']}>
                {room.name}
              </th>
              {passes.map((pass, i) => {
                const planned = plan.sessions.find((s) => s.pass === pass.id && s.room === room.id);
                const workshop = workshops.find((w) => w.code === planned?.workshop);
                const change = planned && changeOf(planned, now);
                return (
                  <td
                    key={pass.id}
                    data-pass={passColour(i)}
                    className={classes(planned && look['planned'], change !== 'same' && look['changed'])}
                  >
                    {planned && change && (
                      <>
                        <span className={look['cellTop']}>
                          <span className={look['code']}>{planned.workshop}</span>
                          {change !== 'same' && (
                            <span className={look['change']}>
                              {t(change === 'new' ? 'previewNew' : 'previewMoved')}
                            </span>
                          )}
                        </span>
                        <span className={look['cellTitle']} lang={workshop?.language}>
                          {workshop?.title}
                        </span>
                        <span className={look['cellFill']}>
                          <Meter value={planned.taken} max={planned.seats} />
                          <span>
                            {planned.taken}
                            <span aria-hidden="true">/</span>
                            <Hidden> / </Hidden>
                            {planned.seats}
                          </span>
                        </span>
                      </>
                    )}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
