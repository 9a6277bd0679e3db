import { useTitle } from '../core/title.ts';
import { LanguageSwitch } from '../ui/language-switch.tsx';
import { Page } from '../ui/page.tsx';
import { useOrganiseTexts } from './organise-texts.ts';
import look from './organise.module.css';

/** How an organiser gets in. `attendee`: who is signed in here instead. */
export function NotSignedIn({ attendee }: { readonly attendee: string | null }) {
  const t = useOrganiseTexts();
  useTitle(t('notSignedIn'));
  return (
    <Page above="Verkstad" title={t('notSignedIn')} aside={<LanguageSwitch />}>
      <div className={look['signIn']}>
        <p>{t('notSignedInBody')}</p>
        <p>
          {t('notSignedInHow')} <code className={look['command']}>npm run verkstad -- sign-in-link</code>
        </p>
        <p>{t('notSignedInThen')}</p>
        {attendee !== null && <p className={look['muted']}>{t('attendeeHere', { name: attendee })}</p>}
      </div>
    </Page>
  );
}
