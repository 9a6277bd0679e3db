import { useEffect, useRef } from 'react';
import { localeOf } from '../core/formats.ts';
import { useLanguage } from '../core/language.ts';
import type { Day } from '../registration/day.ts';
import { hear, seatNews, type SeatsHeard } from '../registration/seat-news.ts';
import { useAnnounce } from '../ui/live-region.tsx';
import { useMyDayTexts } from './my-day-texts.ts';

/** Seats are spoken of at most this often. */
const pause = 20_000;

/** Tells screen readers which workshops filled up or have seats again, in the passes that are still to decide; never each seat. */
export function useSeatNews(day: Day, undecided: readonly string[]): void {
  const t = useMyDayTexts();
  const { language } = useLanguage();
  const announce = useAnnounce();
  const heard = useRef<SeatsHeard>(new Map());
  const now = useRef({ day, undecided });
  useEffect(() => {
    now.current = { day, undecided };
  });
  useEffect(() => {
    const choices = () =>
      now.current.day.passes
        .filter((pass) => now.current.undecided.includes(pass.id))
        .flatMap((pass) => pass.choices);
    heard.current = hear(choices());
    const timer = setInterval(() => {
      const news = seatNews(heard.current, choices());
      heard.current = hear(choices());
      if (!news) return;
      const list = new Intl.ListFormat(localeOf(language));
      const sentences = [
        ...(news.filled.length > 0 ? [t('saidFilled', { codes: list.format(news.filled) })] : []),
        ...(news.freed.length > 0 ? [t('saidFreed', { codes: list.format(news.freed) })] : []),
      ];
      announce(sentences.join(' '));
    }, pause);
    return () => clearInterval(timer);
  }, [announce, language, t]);
}
