import { type ReactNode, useEffect, useRef } from 'react';
import { Link, NavLink, Route, Routes, useMatch, useParams } from 'react-router';
import { stageNames } from '../../shared/conference/stages.ts';
import { SettingsPage } from '../conference/settings-page.tsx';
import { refusalCode } from '../core/api.ts';
import { useCommonTexts } from '../core/common-texts.ts';
import { useFormats } from '../core/formats.ts';
import { useLanguage } from '../core/language.ts';
import { paths } from '../core/paths.ts';
import { LettersPage } from '../messages/letters-page.tsx';
import { AttendancePage } from '../onsite/attendance-page.tsx';
import { AttendeesPage } from '../people/attendees-page.tsx';
import { LatestPlan } from '../planning/latest-plan.tsx';
import { PlansPage } from '../planning/plans-page.tsx';
import { DayPage } from '../programme/day-page.tsx';
import { ProgrammeContext } from '../programme/organised-programme.ts';
import { WorkshopPage } from '../programme/workshop-page.tsx';
import { WorkshopsPage } from '../programme/workshops-page.tsx';
import { Failure } from '../ui/failure.tsx';
import { Page, PageEnd } from '../ui/page.tsx';
import { RouteButton } from '../ui/route-button.tsx';
import { Bone, Skeleton } from '../ui/skeleton.tsx';
import { EmptyState } from '../ui/states.tsx';
import { BoardPage } from './board-page.tsx';
import { useBoard } from './board-query.ts';
import { EraseAttendee } from './erase-attendee.tsx';
import { NotSignedIn } from './not-signed-in.tsx';
import { useOrganiseTexts } from './organise-texts.ts';
import { UndoImport } from './undo-import.tsx';
import look from './organise.module.css';

/** One conference for its organisers: its name, its parts, and the part that is open. */
export function ConferenceFrame({ aside }: { readonly aside: ReactNode }) {
  const { slug = '' } = useParams();
  const t = useOrganiseTexts();
  const { language } = useLanguage();
  const { dateTime } = useFormats();
  const board = useBoard(slug);
  if (!board.data) {
    if (board.isPending) return <ComingBoard />;
    if (refusalCode(board.error) === 'not-signed-in') return <NotSignedIn attendee={null} />;
    if (refusalCode(board.error) === 'not-found') return <NoConference />;
    return (
      <Page title={t('programme')} wide aside={aside}>
        <Failure error={board.error} onRetry={() => void board.refetch()} />
      </Page>
    );
  }
  const { conference, counts, workshops } = board.data;
  const presenters = workshops.flatMap((w) => w.presenters.map((p) => ({ ...p, workshop: w.code })));
  const parts = [
    [paths.board(slug), t('programme'), true],
    [paths.workshops(slug), t('workshops'), false],
    [paths.day(slug), t('day'), false],
    [paths.attendees(slug), t('attendees'), false],
    [paths.plans(slug), t('plans'), false],
    [paths.letters(slug), t('letters'), false],
    [paths.lists(slug), t('lists'), false],
    [paths.settings(slug), t('settings'), false],
  ] as const;
  return (
    <ProgrammeContext value={board.data}>
      <div className={look['frame']}>
        <header className={look['header']}>
          <div className={look['names']}>
            <Link to={paths.organise} className={look['host']}>
              {conference.host.name}
            </Link>
            <Link to={paths.board(slug)} className={look['name']}>
              {conference.name}
            </Link>
            <Link to={paths.settings(slug)} className={look['stage']}>
              {t('stage', { stage: stageNames[conference.stage][language] })}
            </Link>
          </div>
          <div className={look['account']}>{aside}</div>
          <nav aria-label={t('nav')} className={look['nav']}>
            {parts.map(([to, label, end]) => (
              <Part key={to} to={to} end={end}>
                {label}
              </Part>
            ))}
          </nav>
        </header>
        {board.isError && (
          <p role="status" className={look['old']}>
            {t('staleBoard', { when: dateTime(board.dataUpdatedAt) })}
          </p>
        )}
        <main id="content" tabIndex={-1} className={look['main']}>
          <Routes>
            <Route index element={<BoardPage board={board.data} plan={<LatestPlan />} />} />
            <Route path="workshops" element={<WorkshopsPage />} />
            <Route path="workshops/:workshopId" element={<WorkshopPage />} />
            <Route path="rooms" element={<DayPage />} />
            <Route
              path="attendees"
              element={
                <AttendeesPage
                  conference={conference}
                  presenters={presenters}
                  Erase={EraseAttendee}
                  UndoImport={UndoImport}
                />
              }
            />
            <Route path="plans" element={<PlansPage />} />
            <Route path="plans/:planId" element={<PlansPage />} />
            <Route path="letters" element={<LettersPage />} />
            <Route path="lists" element={<AttendancePage />} />
            <Route path="lists/:sessionId" element={<AttendancePage />} />
            <Route path="settings" element={<SettingsPage conference={conference} counts={counts} />} />
            <Route path="*" element={<MissingPart slug={slug} />} />
          </Routes>
        </main>
        <PageEnd />
      </div>
    </ProgrammeContext>
  );
}

/** A part of the conference. On a narrow screen the open one is brought into the row's sight. */
function Part({
  to,
  end,
  children,
}: {
  readonly to: string;
  readonly end: boolean;
  readonly children: ReactNode;
}) {
  const ref = useRef<HTMLAnchorElement>(null);
  const isOpen = useMatch({ path: to, end }) !== null;
  useEffect(() => {
    if (isOpen) ref.current?.scrollIntoView({ block: 'nearest', inline: 'center' });
  }, [isOpen]);
  return (
    <NavLink ref={ref} to={to} end={end} className={look['part']}>
      {children}
    </NavLink>
  );
}

function ComingBoard() {
  const t = useOrganiseTexts();
  const rows = ['most', 'whole', 'most', 'whole'] as const;
  return (
    <div className={look['frame']}>
      <Skeleton label={t('loading')}>
        <Bone size="half" />
        <div className={look['comingBoard']}>
          {rows.flatMap((size, row) =>
            [0, 1, 2].map((pass) => <Bone key={`${row} ${pass}`} size={size} tall />),
          )}
        </div>
      </Skeleton>
    </div>
  );
}

function MissingPart({ slug }: { readonly slug: string }) {
  const t = useOrganiseTexts();
  const common = useCommonTexts();
  return (
    <EmptyState
      title={common('notFound')}
      actions={<RouteButton to={paths.board(slug)}>{t('programme')}</RouteButton>}
    >
      <p>{common('notFoundText')}</p>
    </EmptyState>
  );
}

function NoConference() {
  const t = useOrganiseTexts();
  const common = useCommonTexts();
  return (
    <Page title={common('notFound')}>
      <EmptyState
        title={t('noConference')}
        actions={<RouteButton to={paths.organise}>{t('toConferences')}</RouteButton>}
      >
        <p>{t('noConferenceBody')}</p>
      </EmptyState>
    </Page>
  );
}
