import type { z } from 'zod';
import type { Language } from '../core/language.ts';
import type { getConference, Programme, ProgrammeView } from './contract.ts';

/** What the public programme page is drawn from. It does not change with the clock, so that it can be kept. */
export interface PublicPage {
  readonly conference: Omit<z.infer<NonNullable<typeof getConference.out>>, 'now'>;
  readonly programme: Programme;
  readonly language: Language;
  readonly view: ProgrammeView;
  /** The address people reach the installation at, without a slash at the end. */
  readonly url: string;
}

/** What the accessibility statement is drawn from: who answers for the site, and how to reach them; empty where not told. */
export interface AccessibilityPage {
  readonly language: Language;
  readonly operator: string;
  /** A mail address, or an address of a page. */
  readonly contact: string;
}

export type RenderAccessibility = (page: AccessibilityPage) => string;

/** Draws the whole document. The client makes it (`client/entry-server.tsx`); the server asks it (`server/overview/pages.ts`). */
export type RenderProgramme = (page: PublicPage) => string;
