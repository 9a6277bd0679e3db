import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from 'react-router';
import { type Attendance, exportAttendance, getAttendance } from '../../shared/onsite/contract.ts';
import { conferenceKey } from '../conference/organiser-writes.ts';
import { addressOf, call } from '../core/api.ts';
import { useFormats } from '../core/formats.ts';
import { paths } from '../core/paths.ts';
import { useTitle } from '../core/title.ts';
import { useProgramme } from '../programme/organised-programme.ts';
import { Button, ButtonLink } from '../ui/button.tsx';
import { Failure } from '../ui/failure.tsx';
import { passColour } from '../ui/pass-colour.ts';
import { RouteButton } from '../ui/route-button.tsx';
import { PageHeading } from '../ui/section.tsx';
import { Bone, Skeleton } from '../ui/skeleton.tsx';
import { EmptyState } from '../ui/states.tsx';
import { useAttendanceTexts } from './attendance-texts.ts';
import look from './attendance-page.module.css';

/** The attendance lists: sessions by pass, and the list of the one that is open. */
export function AttendancePage() {
  const t = useAttendanceTexts();
  const { conference, sessions } = useProgramme();
  const { sessionId } = useParams();
  const { slug } = conference;
  useTitle(t('title'), conference.name);
  if (sessions.length === 0) {
    return (
      <>
        <PageHeading title={t('title')} />
        <EmptyState
          title={t('empty')}
          actions={<RouteButton to={paths.board(slug)}>{t('toBoard')}</RouteButton>}
        >
          <p>{t('emptyBody')}</p>
        </EmptyState>
      </>
    );
  }
  return (
    <>
      <div className={look['screenOnly']}>
        <PageHeading
          title={t('title')}
          under={t('under')}
          actions={
            <ButtonLink href={addressOf(exportAttendance, { params: { slug } })} download>
              {t('all')}
            </ButtonLink>
          }
        />
      </div>
      <div className={look['page']} data-open={sessionId !== undefined}>
        <SessionChoice slug={slug} current={sessionId ?? null} />
        {sessionId ? (
          <div>
            <Link className={look['back']} to={paths.lists(slug)}>
              {t('allSessions')}
            </Link>
            <SessionList key={sessionId} slug={slug} session={sessionId} />
          </div>
        ) : (
          <p className={look['choose']}>{t('choose')}</p>
        )}
      </div>
    </>
  );
}

function SessionChoice({ slug, current }: { readonly slug: string; readonly current: string | null }) {
  const t = useAttendanceTexts();
  const { conference, passes, rooms, sessions, workshops } = useProgramme();
  const { timeRange } = useFormats(conference.timeZone);
  return (
    <nav aria-label={t('sessions')} className={look['sessions']}>
      {passes.map((pass, index) => (
        <section key={pass.id} data-pass={passColour(index)} aria-labelledby={`pass-${pass.id}`}>
          <h2 id={`pass-${pass.id}`} className={look['pass']}>
            {pass.name} <span className={look['time']}>{timeRange(pass.startsAt, pass.endsAt)}</span>
          </h2>
          <ul>
            {rooms.map((room) => {
              const session = sessions.find((s) => s.pass === pass.id && s.room === room.id);
              const workshop = workshops.find((w) => w.id === session?.workshop);
              if (!session || !workshop) return null;
              return (
                <li key={session.id}>
                  <Link
                    to={paths.list(slug, session.id)}
                    aria-current={session.id === current ? 'page' : undefined}
                    className={look['session']}
                  >
                    <span className={look['code']}>{workshop.code}</span>
                    <span className={look['where']}>
                      <span lang={workshop.language}>{workshop.title}</span>
                      <span className={look['room']}>
                        {room.name} · {t('taken', { taken: session.taken, seats: session.seats })}
                      </span>
                    </span>
                  </Link>
                </li>
              );
            })}
          </ul>
        </section>
      ))}
    </nav>
  );
}

function SessionList({ slug, session }: { readonly slug: string; readonly session: string }) {
  const t = useAttendanceTexts();
  const list = useQuery({
    queryKey: [...conferenceKey(slug), 'attendance', session],
    queryFn: ({ signal }) => call(getAttendance, { params: { slug, sessionId: session }, signal }),
  });
  if (list.isPending) {
    return (
      <Skeleton label={t('loading')}>
        <Bone size="half" />
        {(['most', 'whole', 'most', 'half', 'whole'] as const).map((size, i) => (
          <Bone key={`${size} ${i}`} size={size} />
        ))}
      </Skeleton>
    );
  }
  if (list.isError) return <Failure error={list.error} onRetry={() => void list.refetch()} />;
  return <Sheet slug={slug} list={list.data} />;
}

/** More names than this are printed in two columns, so that the list of a room stays on one A4. */
const mostInOneColumn = 34;

/** The list as it hangs on the door: what, where, when, and a box to tick for everybody. */
function Sheet({ slug, list }: { readonly slug: string; readonly list: Attendance }) {
  const t = useAttendanceTexts();
  const { conference } = useProgramme();
  const { timeRange, longDate } = useFormats(conference.timeZone);
  const { attendees, waiting, workshop, pass, room, seats, session } = list;
  return (
    <article className={look['sheet']} aria-labelledby="sheet-title">
      <header className={look['sign']}>
        <p className={look['signRoom']}>{room.name}</p>
        <h2 id="sheet-title" className={look['signTitle']}>
          <span className={look['signCode']}>{workshop.code}</span> {workshop.title}
        </h2>
        <p className={look['muted']}>
          {pass.name}, {timeRange(pass.startsAt, pass.endsAt)}, {longDate(pass.startsAt)} ·{' '}
          {t('seats', { taken: attendees.length, seats })}
        </p>
      </header>
      <div className={look['actions']}>
        <Button kind="primary" onClick={() => print()}>
          {t('print')}
        </Button>
        <ButtonLink href={addressOf(exportAttendance, { params: { slug }, query: { session } })} download>
          {t('csv')}
        </ButtonLink>
      </div>
      {attendees.length === 0 ? (
        <p>{t('nobody')}</p>
      ) : (
        <div className={look['paper']} data-many={attendees.length > mostInOneColumn}>
          <People caption={t('list')} people={attendees} boxes />
        </div>
      )}
      {waiting.length > 0 && (
        <section aria-labelledby="waiting-title" className={look['waiting']}>
          <h3 id="waiting-title" className={look['waitingTitle']}>
            {t('waiting')}
          </h3>
          <p className={look['muted']}>{t('waitingUnder')}</p>
          <People caption={t('waiting')} people={waiting} />
        </section>
      )}
    </article>
  );
}

interface PeopleProps {
  readonly caption: string;
  readonly people: Attendance['attendees'];
  /** With a box to tick on paper. */
  readonly boxes?: boolean;
}

function People({ caption, people, boxes = false }: PeopleProps) {
  const t = useAttendanceTexts();
  return (
    <table className={look['people']}>
      <caption className={look['caption']}>{caption}</caption>
      <thead>
        <tr>
          {boxes && (
            <th scope="col" className={look['paperOnly']}>
              {t('here')}
            </th>
          )}
          <th scope="col" className={look['number']}>
            {t('number')}
          </th>
          <th scope="col">{t('name')}</th>
          <th scope="col">{t('organisation')}</th>
        </tr>
      </thead>
      <tbody>
        {people.map((person, index) => (
          <tr key={person.id}>
            {boxes && (
              <td className={look['paperOnly']}>
                <span className={look['box']} />
              </td>
            )}
            <td className={look['number']}>{index + 1}</td>
            <th scope="row">{person.name}</th>
            <td>{person.organisation}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
