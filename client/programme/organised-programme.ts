import { createContext, use } from 'react';
import type { Conference } from '../../shared/conference/vocabulary.ts';
import type { Pass, Plenary, Room, Session, Workshop } from '../../shared/programme/vocabulary.ts';

export type WantedWorkshop = Workshop & { readonly wishedFirst: number; readonly wished: number };
export type FollowedSession = Session & { readonly waiting: number };

/** The programme of a conference as its organisers see it, at one moment. */
export interface OrganisedProgramme {
  readonly conference: Conference;
  /** In the order of time. */
  readonly passes: readonly Pass[];
  readonly rooms: readonly Room[];
  readonly workshops: readonly WantedWorkshop[];
  readonly sessions: readonly FollowedSession[];
  readonly plenaries: readonly Plenary[];
  readonly counts: { readonly attendees: number };
}

export const ProgrammeContext = createContext<OrganisedProgramme | null>(null);

/** The programme of the conference whose pages we are on. */
export function useProgramme(): OrganisedProgramme {
  const programme = use(ProgrammeContext);
  if (!programme) throw new Error('there is no conference around this page');
  return programme;
}
