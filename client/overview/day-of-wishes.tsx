import type { ReactNode } from 'react';
import { wishesAreOpen } from '../../shared/conference/rules.ts';
import type { Stage } from '../../shared/conference/stages.ts';
import type { Me } from '../../shared/registration/contract.ts';
import { useErrorSentence } from '../core/common-texts.ts';
import { useFormats } from '../core/formats.ts';
import { useLanguage } from '../core/language.ts';
import { useOnline } from '../core/online.ts';
import { sameBallot } from '../registration/ballot.ts';
import type { Day, WorkshopCard } from '../registration/day.ts';
import { inWords, useRegistrationTexts } from '../registration/texts.ts';
import { useBallot } from '../registration/use-ballot.ts';
import { rankedListId } from '../registration/ranked-list.tsx';
import { WishesToRead, WishList } from '../registration/wish-list.tsx';
import { BottomBar } from '../ui/bottom-bar.tsx';
import { Button } from '../ui/button.tsx';
import { Notice } from '../ui/notice.tsx';
import { Page } from '../ui/page.tsx';
import { byCode } from './my-day-model.ts';
import { useServerNow } from './my-day-queries.ts';
import { useMyDayTexts } from './my-day-texts.ts';
import { Progress } from './progress.tsx';

interface DayOfWishesProps {
  readonly slug: string;
  readonly conference: {
    readonly stage: Stage;
    readonly timeZone: string;
    readonly clockAhead: number;
    readonly rules: { readonly advisedWishes: number };
    readonly windows: {
      readonly wishes: { readonly opensAt: string | null; readonly closesAt: string | null };
    };
  };
  readonly day: Day;
  readonly me: Me;
  readonly workshops: readonly WorkshopCard[];
  readonly header: { readonly above: ReactNode; readonly title: ReactNode; readonly aside: ReactNode };
  /** What stands last on the page. */
  readonly footer: ReactNode;
}

/** More marks than this are no picture. */
const mostMarks = 8;

/** Before there are seats to choose: my wishes, to rank while their window is open and to read afterwards. */
export default function DayOfWishes({
  slug,
  conference,
  day,
  me,
  workshops,
  header,
  footer,
}: DayOfWishesProps) {
  const t = useMyDayTexts();
  const texts = useRegistrationTexts();
  const sentence = useErrorSentence();
  const { dateTime } = useFormats(conference.timeZone);
  const own = useFormats();
  const { wishes } = day.conference;
  const now = useServerNow(conference.clockAhead, [wishes.opensAt, wishes.closesAt]);
  const { language } = useLanguage();
  const online = useOnline();
  const editing = useBallot(slug, me.wishes);
  const ordered = [...workshops].sort(byCode);
  const isAhead = conference.stage === 'wishes' && (wishes.opensAt === null || wishes.opensAt > now);

  if (!wishesAreOpen(day.conference, now))
    return (
      <Page ownEnd {...header}>
        {isAhead ? (
          <p>
            {wishes.opensAt === null
              ? t('wishesNotSet')
              : t('wishesOpenAt', { time: dateTime(wishes.opensAt) })}
          </p>
        ) : (
          <WishesToRead
            workshops={ordered}
            ballot={me.wishes}
            title={texts('wishesHandedIn')}
            text={texts(me.wishes.length > 0 ? 'wishesHandedInText' : 'noWishesHandedIn')}
          />
        )}
        {footer}
      </Page>
    );
  const { ballot, savedAt, saving, error } = editing;
  const { advisedWishes: advised } = conference.rules;
  const status = saving
    ? t('saving')
    : error !== null
      ? t('unsaved')
      : savedAt !== null
        ? t('ballotSaved', { time: own.time(savedAt) })
        : t('ballotStart');
  return (
    <Page
      wide
      ownEnd
      {...header}
      under={
        <Progress
          marks={Array.from({ length: Math.min(advised, mostMarks) }, (_, i) => ({
            key: String(i),
            done: i < ballot.length,
          }))}
          words={
            ballot.length === 0
              ? t('wishedNone')
              : t(ballot.length < advised ? 'wishedSome' : 'wishedEnough', {
                  count: ballot.length,
                  number: inWords(ballot.length, language),
                  advised: inWords(advised, language),
                })
          }
        />
      }
    >
      {error !== null && (
        <Notice
          kind="trouble"
          title={texts('ballotFailed')}
          announced
          actions={<Button onClick={editing.retry}>{texts('tryAgain')}</Button>}
        >
          <p>{sentence(error)}</p>
        </Notice>
      )}
      {online ? (
        <WishList
          slug={slug}
          workshops={ordered}
          ballot={ballot}
          onChange={editing.change}
          advised={advised}
          closesAt={conference.windows.wishes.closesAt}
          timeZone={conference.timeZone}
          isKept={!saving && error === null && sameBallot(ballot, me.wishes)}
        />
      ) : (
        <WishesToRead
          workshops={ordered}
          ballot={ballot}
          title={texts('wishesTitle')}
          text={texts(ballot.length > 0 ? 'wishesOffline' : 'noWishesOffline')}
        />
      )}
      {footer}
      {online && (
        <BottomBar status={status}>
          <Button
            kind="primary"
            onClick={() => {
              const list = document.querySelector<HTMLElement>(`#${rankedListId}`);
              list?.scrollIntoView({ behavior: 'smooth' });
              list?.focus({ preventScroll: true });
            }}
          >
            {t('toMyWishes', { number: ballot.length })}
          </Button>
        </BottomBar>
      )}
    </Page>
  );
}
