import { lazy, Suspense } from 'react';
import { Route, Routes, useLocation } from 'react-router';
import { useCommonTexts } from './core/common-texts.ts';
import { Failure } from './ui/failure.tsx';
import { PageBoundary } from './ui/page-boundary.tsx';
import { Page } from './ui/page.tsx';
import { Bone, Skeleton } from './ui/skeleton.tsx';
import { MyDay } from './overview/my-day.tsx';
import { NotFound } from './overview/not-found.tsx';
import { PersonalLink } from './people/personal-link.tsx';

const Organise = lazy(() => import('./overview/organise.tsx'));
const Conferences = lazy(() => import('./overview/public-conferences.tsx'));
const Reminders = lazy(() => import('./messages/reminders-page.tsx'));
const SignIn = lazy(() => import('./people/sign-in.tsx'));

/** The product as a tree. What attendees open is in the first load; the organiser's pages are fetched when they are opened. */
export function Product() {
  const { pathname } = useLocation();
  return (
    <PageBoundary resetKey={pathname} Broken={BrokenPage}>
      <Suspense fallback={<ComingPage />}>
        <Routes>
          <Route path="/" element={<Conferences />} />
          <Route path="/me/:token" element={<PersonalLink />} />
          <Route path="/c/:slug/me" element={<MyDay />} />
          <Route path="/sign-in/:token" element={<SignIn />} />
          <Route path="/letters/:attendeeId/:token" element={<Reminders />} />
          <Route path="/organise/*" element={<Organise />} />
          <Route path="*" element={<NotFound />} />
        </Routes>
      </Suspense>
    </PageBoundary>
  );
}

function ComingPage() {
  const t = useCommonTexts();
  return (
    <Page title="Verkstad">
      <Skeleton label={t('loading')}>
        <Bone size="most" />
        <Bone tall />
        <Bone tall />
      </Skeleton>
    </Page>
  );
}

function BrokenPage({ error }: { readonly error: unknown }) {
  return (
    <Page title="Verkstad">
      <Failure error={error} onRetry={() => location.reload()} />
    </Page>
  );
}
