import { useState } from 'react';
import { Link, useNavigate, useParams } from 'react-router';
import { removeWorkshop } from '../../shared/programme/contract.ts';
import type { Workshop } from '../../shared/programme/vocabulary.ts';
import { useConferenceWrite } from '../conference/organiser-writes.ts';
import { call } from '../core/api.ts';
import { useCommonTexts, useErrorSentence } from '../core/common-texts.ts';
import { paths } from '../core/paths.ts';
import { useTitle } from '../core/title.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Notice } from '../ui/notice.tsx';
import { RouteButton } from '../ui/route-button.tsx';
import { PageHeading } from '../ui/section.tsx';
import { EmptyState } from '../ui/states.tsx';
import { useProgramme } from './organised-programme.ts';
import { useWorkshopTexts } from './programme-texts.ts';
import { WorkshopForm } from './workshop-form.tsx';
import look from './workshops-page.module.css';

/** One workshop to edit, or a new one to add. */
export function WorkshopPage() {
  const t = useWorkshopTexts();
  const { workshopId = '' } = useParams();
  const { conference, workshops } = useProgramme();
  const workshop = workshops.find((w) => w.id === workshopId) ?? null;
  const isNew = workshopId === 'new';
  const title = workshop ? t('editTitle', { code: workshop.code }) : t(isNew ? 'newTitle' : 'missing');
  useTitle(title, conference.name);
  if (!workshop && !isNew) {
    return (
      <EmptyState
        title={t('missing')}
        actions={<RouteButton to={paths.workshops(conference.slug)}>{t('back')}</RouteButton>}
      >
        <p>{t('missingBody')}</p>
      </EmptyState>
    );
  }
  return (
    <>
      <Link className={look['back']} to={paths.workshops(conference.slug)}>
        {t('back')}
      </Link>
      <PageHeading title={title} />
      <div className={look['form']}>
        <WorkshopForm key={workshopId} workshop={workshop}>
          {workshop && <RemoveWorkshop workshop={workshop} />}
        </WorkshopForm>
      </div>
    </>
  );
}

function RemoveWorkshop({ workshop }: { readonly workshop: Workshop }) {
  const t = useWorkshopTexts();
  const common = useCommonTexts();
  const sentence = useErrorSentence();
  const navigate = useNavigate();
  const { slug } = useProgramme().conference;
  const [asking, setAsking] = useState(false);
  const { code } = workshop;
  const remove = useConferenceWrite(slug, async () => {
    await call(removeWorkshop, { params: { slug, workshopId: workshop.id } });
    await navigate(paths.workshops(slug), { state: { said: t('removed', { code }) } });
  });
  return (
    <>
      <Button kind="danger" onClick={() => setAsking(true)}>
        {t('remove')}
      </Button>
      <Dialog
        open={asking}
        title={t('removeTitle', { code })}
        closeLabel={common('close')}
        onClose={() => setAsking(false)}
      >
        <div className={look['confirm']}>
          <p>{t('removeBody')}</p>
          {remove.isError && (
            <Notice kind="loss" announced>
              <p>{sentence(remove.error)}</p>
            </Notice>
          )}
          <div className={look['actions']}>
            <Button kind="danger" busy={remove.isPending} onClick={() => remove.mutate(undefined)}>
              {t('removeYes', { code })}
            </Button>
            <Button onClick={() => setAsking(false)}>{t('keep')}</Button>
          </div>
        </div>
      </Dialog>
    </>
  );
}
