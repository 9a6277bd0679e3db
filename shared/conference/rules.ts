import type { Refusal } from '../core/refusal.ts';
import { type Instant, isOpen, type Window } from '../core/time.ts';
import type { Stage } from './stages.ts';
import { stageBackwards, tooLittleSpace, windowBackwards } from './refusals.ts';
import { stages } from './stages.ts';

/** Whether a stage has come, in the order of stages. */
export function hasReached(stage: Stage, wanted: Stage): boolean {
  return stages.indexOf(stage) >= stages.indexOf(wanted);
}

export interface Openings {
  readonly stage: Stage;
  /** The zone that people read the windows in. */
  readonly timeZone: string;
  readonly picks: Window;
  readonly wishes: Window;
}

/** Picks are open at the stage picks (and on site) while their window is. */
export function picksAreOpen(conference: Openings, now: number): boolean {
  return (conference.stage === 'picks' || conference.stage === 'onsite') && isOpen(conference.picks, now);
}

/** Wishes are open at the stage wishes while their window is. */
export function wishesAreOpen(conference: Openings, now: number): boolean {
  return conference.stage === 'wishes' && isOpen(conference.wishes, now);
}

/** Whether choosing opens between the two instants: the moment when everybody comes. */
export function opensBetween({ stage, picks, wishes }: Openings, from: Instant, to: Instant): boolean {
  const { opensAt } = stage === 'wishes' ? wishes : picks;
  return (stage === 'wishes' || stage === 'picks') && opensAt !== null && from <= opensAt && opensAt < to;
}

export function whyNotWindow(window: Window): Refusal | null {
  if (window.opensAt !== null && window.closesAt !== null && window.closesAt <= window.opensAt) {
    return windowBackwards();
  }
  return null;
}

/** There is no way back from choosing once somebody has chosen: a new plan would take seats that people took themselves. */
export function whyNotStage(from: Stage, to: Stage, picks: number): Refusal | null {
  const goesBack = hasReached(from, 'picks') && !hasReached(to, 'picks');
  return goesBack && picks > 0 ? stageBackwards({ from, to }) : null;
}

/** Everybody comes when picks open, and each of them is to be kept: there must be room for it. */
export function whyNotOpenPicks(space: {
  readonly freeMb: number;
  readonly neededMb: number;
}): Refusal | null {
  return space.freeMb < space.neededMb ? tooLittleSpace(space) : null;
}
