import { useState } from 'react';
import type { Plan } from '../../shared/planning/vocabulary.ts';
import { useLanguage } from '../core/language.ts';
import { useProgramme } from '../programme/organised-programme.ts';
import { Button } from '../ui/button.tsx';
import { DataTable } from '../ui/data-table.tsx';
import { Failure } from '../ui/failure.tsx';
import { Section } from '../ui/section.tsx';
import { Bone, Skeleton } from '../ui/skeleton.tsx';
import { useMoves } from './decision-queries.ts';
import { useDecisionTexts } from './decision-texts.ts';
import { usePlanTexts } from './plan-texts.ts';

/** Long lists are shown when they are asked for. */
const few = 15;

/** Exactly who moves, from where to where and why. */
export function PlanMoves({ plan }: { readonly plan: Plan }) {
  const t = useDecisionTexts();
  const plans = usePlanTexts();
  const { language } = useLanguage();
  const { conference, passes } = useProgramme();
  const { movedAttendees: count = 0, attendees = 0 } = plan.figures ?? {};
  // Before anybody has a seat a plan moves nobody: it seats them all.
  const nobody = count === 0 || (plan.objective !== 'changes' && count === attendees);
  const [asked, setAsked] = useState(false);
  const open = asked || count <= few;
  const moves = useMoves(conference.slug, plan.id, open && !nobody);
  if (nobody) return null;
  return (
    <Section title={t('moves')} under={t(plan.publishedAt ? 'movesDone' : 'movesBody')}>
      {!open && <Button onClick={() => setAsked(true)}>{t('showMoves', { count })}</Button>}
      {moves.isLoading && (
        <Skeleton label={plans('loading')}>
          <Bone tall />
        </Skeleton>
      )}
      {moves.isError && <Failure error={moves.error} onRetry={() => void moves.refetch()} />}
      {moves.data && (
        <DataTable
          caption={t('moves')}
          head={[t('movePerson'), t('movePass'), t('moveFrom'), t('moveTo'), t('moveWhy')]}
        >
          {moves.data.items.flatMap(({ name, seats }, i) =>
            seats.map(({ pass, from, to, reason }) => (
              <tr key={`${i} ${pass}`}>
                <th scope="row">{name}</th>
                <td data-label={t('movePass')}>{passes.find(({ id }) => id === pass)?.name}</td>
                <td data-label={t('moveFrom')}>{from ?? t('noSeat')}</td>
                <td data-label={t('moveTo')}>{to ?? t('noSeat')}</td>
                <td data-label={t('moveWhy')}>{reason[language]}</td>
              </tr>
            )),
          )}
        </DataTable>
      )}
    </Section>
  );
}
