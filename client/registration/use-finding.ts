import { useState } from 'react';
import { keep, kept } from '../core/kept.ts';
import { everything, type Finding } from './find.ts';

/** What I look for; the topics are remembered on this device. Topics that are gone from the programme are left out. */
export function useFinding(
  slug: string,
  known: readonly string[],
): readonly [finding: Finding, change: (next: Finding) => void] {
  const name = `topics:${slug}`;
  const [finding, setFinding] = useState<Finding>(() => {
    const topics = (kept(name)?.value as readonly string[] | undefined) ?? [];
    return { ...everything, topics: topics.filter((topic) => known.includes(topic)) };
  });
  const change = (next: Finding): void => {
    if (next.topics !== finding.topics) keep(name, next.topics, Date.now());
    setFinding(next);
  };
  return [finding, change];
}
