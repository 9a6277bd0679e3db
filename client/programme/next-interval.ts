import { Time, today } from '@internationalized/date';
import { type LocalInterval, localIntervalOf } from '../conference/local-time.ts';

interface Timed {
  readonly startsAt: string;
  readonly endsAt: string;
}

const pause = 15 * 60_000;
const halfAnHour = 30 * 60_000;

/** A likely time for the next pass: as long as the last one, a quarter of an hour after it; 09.00–09.45 today without any. */
export function nextPassInterval(passes: readonly Timed[], timeZone: string): LocalInterval {
  const last = lastOf(passes);
  if (!last) return firstInterval(timeZone);
  const starts = Date.parse(last.endsAt) + pause;
  const length = Date.parse(last.endsAt) - Date.parse(last.startsAt);
  return localIntervalOf(
    { startsAt: new Date(starts).toISOString(), endsAt: new Date(starts + length).toISOString() },
    timeZone,
  );
}

/** A likely time for the next item for everybody: half an hour right after what there is; 09.00–09.45 today without anything. */
export function nextItemInterval(items: readonly Timed[], timeZone: string): LocalInterval {
  const last = lastOf(items);
  if (!last) return firstInterval(timeZone);
  const endsAt = new Date(Date.parse(last.endsAt) + halfAnHour).toISOString();
  return localIntervalOf({ startsAt: last.endsAt, endsAt }, timeZone);
}

/** A name in the row of those there are: after Pass 1 and Pass 2 comes Pass 3. */
export function nextName(names: readonly string[], word: string): string {
  const numbers = names.map((name) => Number(/(\d+)$/u.exec(name)?.[1] ?? 0));
  return `${word} ${Math.max(0, ...numbers) + 1}`;
}

function lastOf(items: readonly Timed[]): Timed | undefined {
  return items.toSorted((a, b) => a.endsAt.localeCompare(b.endsAt)).at(-1);
}

function firstInterval(timeZone: string): LocalInterval {
  return { day: today(timeZone), starts: new Time(9, 0), ends: new Time(9, 45), endsNextDay: false };
}
