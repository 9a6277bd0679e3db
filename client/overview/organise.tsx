import { Route, Routes } from 'react-router';
import { ConferencesPage } from '../conference/conferences-page.tsx';
import { useCommonTexts } from '../core/common-texts.ts';
import { useSession, useSignOut } from '../people/session.ts';
import { Button } from '../ui/button.tsx';
import { Failure } from '../ui/failure.tsx';
import { LanguageSwitch } from '../ui/language-switch.tsx';
import { Page } from '../ui/page.tsx';
import { Bone, Skeleton, TitleToCome } from '../ui/skeleton.tsx';
import { ConferenceFrame } from './conference-frame.tsx';
import { NotSignedIn } from './not-signed-in.tsx';
import { useOrganiseTexts } from './organise-texts.ts';

/** Everything under /organise, for those who are signed in as organisers. */
export default function Organise() {
  const t = useOrganiseTexts();
  const common = useCommonTexts();
  const session = useSession();
  if (session.isPending) {
    return (
      <Page title={<TitleToCome label={common('loading')} />} wide>
        <Skeleton label={common('loading')}>
          <Bone tall />
        </Skeleton>
      </Page>
    );
  }
  if (session.isError) {
    return (
      <Page title={t('title')} wide>
        <Failure error={session.error} onRetry={() => void session.refetch()} />
      </Page>
    );
  }
  if (session.data.kind !== 'organiser') {
    return <NotSignedIn attendee={session.data.kind === 'attendee' ? session.data.name : null} />;
  }
  return (
    <Routes>
      <Route index element={<ConferencesPage host={session.data.host} aside={<Account />} />} />
      <Route path=":slug/*" element={<ConferenceFrame aside={<Account />} />} />
    </Routes>
  );
}

function Account() {
  const t = useOrganiseTexts();
  const leave = useSignOut();
  return (
    <>
      <LanguageSwitch />
      <Button kind="quiet" busy={leave.isPending} onClick={() => leave.mutate()}>
        {t('signOut')}
      </Button>
    </>
  );
}
