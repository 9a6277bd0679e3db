import { lazy, Suspense, useEffect, useState } from 'react';
import { Button } from '../ui/button.tsx';
import look from './paper-and-door.module.css';
import { useCalendarTexts } from './texts.ts';

const loadCode = () => import('./door-code.tsx');
const DoorCode = lazy(loadCode);

interface PaperAndDoorProps {
  readonly address: string;
  readonly name: string;
  /** On the day the code is there at once. */
  readonly atOnce: boolean;
}

/** The code for the door, and the day on paper with it. */
export function PaperAndDoor({ address, name, atOnce }: PaperAndDoorProps) {
  const t = useCalendarTexts();
  const [wanted, setWanted] = useState<'no' | 'seen' | 'printed'>('no');
  const isShown = atOnce || wanted !== 'no';
  useEffect(() => {
    if (wanted !== 'printed') return undefined;
    let gone = false;
    // The code is drawn in the same turn as it is loaded; the frame after has it on the page.
    void loadCode().then(() =>
      requestAnimationFrame(() =>
        setTimeout(() => {
          if (!gone) print();
          setWanted('seen');
        }, 60),
      ),
    );
    return () => {
      gone = true;
    };
  }, [wanted]);
  return (
    <section className={look['paper']} aria-label={t('paperTitle')}>
      <div className={look['actions']}>
        {!isShown && (
          <Button kind="quiet" onClick={() => setWanted('seen')}>
            {t('showCode')}
          </Button>
        )}
        <Button kind="quiet" onClick={() => setWanted('printed')}>
          {t('printDay')}
        </Button>
      </div>
      {isShown && (
        <Suspense>
          <DoorCode address={address} name={name} />
        </Suspense>
      )}
    </section>
  );
}
