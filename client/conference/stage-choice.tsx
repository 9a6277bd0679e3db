import { useState } from 'react';
import { changeStage } from '../../shared/conference/contract.ts';
import { type Stage, stageNames, stages } from '../../shared/conference/stages.ts';
import type { Conference } from '../../shared/conference/vocabulary.ts';
import { call } from '../core/api.ts';
import { useErrorSentence } from '../core/common-texts.ts';
import { useLanguage } from '../core/language.ts';
import { Button } from '../ui/button.tsx';
import { Choices } from '../ui/form.tsx';
import { useAnnounce } from '../ui/live-region.tsx';
import { Notice } from '../ui/notice.tsx';
import { useSettingsTexts } from './conference-texts.ts';
import { useConferenceWrite } from './organiser-writes.ts';
import look from './settings-page.module.css';

/** The stages with what each opens; going to another is a step of its own. */
export function StageChoice({ conference }: { readonly conference: Conference }) {
  const t = useSettingsTexts();
  const sentence = useErrorSentence();
  const { language } = useLanguage();
  const announce = useAnnounce();
  const [wanted, setWanted] = useState<Stage | null>(null);
  const { slug, stage, windows, published } = conference;
  const chosen = wanted ?? stage;
  const name = stageNames[chosen][language];
  const window = chosen === 'wishes' || chosen === 'picks' ? windows[chosen] : null;
  const change = useConferenceWrite(slug, (to: Stage) =>
    call(changeStage, { params: { slug }, body: { stage: to } }),
  );
  const go = (): void =>
    change.mutate(chosen, {
      onSuccess: () => {
        setWanted(null);
        announce(t('stageChanged', { stage: name }));
      },
    });
  return (
    <div className={look['stages']}>
      <Choices
        name="stage"
        value={chosen}
        onChange={(to) => {
          change.reset();
          setWanted(to);
        }}
        options={stages.map((value) => ({
          value,
          label: stageNames[value][language] + (value === stage ? ` (${t('stageNow')})` : ''),
          hint: t(`stage_${value}`),
        }))}
      />
      {window && (window.opensAt === null || !published) && (
        <Notice kind="trouble">
          {window.opensAt === null && <p>{t('lacksOpening')}</p>}
          {!published && <p>{t('lacksPublication')}</p>}
        </Notice>
      )}
      {change.isError && (
        <Notice kind="loss" announced>
          <p>{sentence(change.error)}</p>
        </Notice>
      )}
      <Button
        kind="primary"
        busy={change.isPending}
        whyNot={chosen === stage ? t('stageSame', { stage: name }) : null}
        onClick={go}
      >
        {t('stageGo', { stage: name })}
      </Button>
    </div>
  );
}
