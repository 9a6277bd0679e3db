import { inNameOrder } from '../../shared/core/name-order.ts';
import { sameText } from '../../shared/core/same-text.ts';
import { type Choice, seatsLeft, type WorkshopCard } from './day.ts';

/** What somebody looks for among the workshops. */
export interface Finding {
  readonly search: string;
  /** Any of these; none: whatever it is about. */
  readonly topics: readonly string[];
  /** Only where there are seats left. */
  readonly withSeats: boolean;
}

export const everything: Finding = { search: '', topics: [], withSeats: false };

export function findsAll({ search, topics, withSeats }: Finding): boolean {
  return search.trim() === '' && topics.length === 0 && !withSeats;
}

/** Whether a workshop is looked for: every word of the search stands somewhere in it, and it is about one of the topics. */
export function findsWorkshop(finding: Finding, workshop: WorkshopCard, room = ''): boolean {
  const isAbout =
    finding.topics.length === 0 || workshop.topics.some((topic) => finding.topics.includes(topic));
  if (!isAbout || finding.search.trim() === '') return isAbout;
  const text = `${textOf(workshop)}\n${sameText(room)}`;
  return sameText(finding.search)
    .split(' ')
    .every((word) => text.includes(word));
}

const texts = new WeakMap<WorkshopCard, string>();

/** Everything that a workshop can be found by. Made once: among three hundred it is asked for at each letter that is typed. */
function textOf(workshop: WorkshopCard): string {
  const known = texts.get(workshop);
  if (known !== undefined) return known;
  const { code, title, summary, organisations, topics, presenters } = workshop;
  const text = [code, title, summary, ...organisations, ...topics]
    .concat(presenters.flatMap(({ name, affiliation }) => [name, affiliation]))
    .map(sameText)
    .join('\n');
  texts.set(workshop, text);
  return text;
}

export function finds(finding: Finding, choice: Choice): boolean {
  return (
    (!finding.withSeats || seatsLeft(choice) > 0) && findsWorkshop(finding, choice.workshop, choice.room)
  );
}

/** Every topic of these workshops, the most common first. */
export function topicsOf(workshops: readonly WorkshopCard[]): string[] {
  const counts = new Map<string, number>();
  for (const { topics } of workshops)
    for (const topic of topics) counts.set(topic, (counts.get(topic) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1] || inNameOrder(a[0], b[0])).map(([topic]) => topic);
}
