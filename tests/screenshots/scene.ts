import type { Page } from 'playwright-core';
import type { Guest, World } from './world.ts';

/** A page of the product in one state, to be seen on a phone and on a wide screen, in light and in dark. */
export interface Scene {
  /** Names the files: lower case, with hyphens. */
  readonly name: string;
  /** What the picture shows, for the index. */
  readonly title: string;
  readonly who: 'anybody' | 'attendee' | 'organiser';
  /** Whether an attendee fits the part; the others are passed over. */
  readonly casting?: (guest: Guest) => Promise<boolean>;
  /** Where it is; the product's root where an attendee's own link leads there. */
  readonly path: string | ((stage: Stage) => string);
  /** What must be done before anybody looks, by the API. Done once for each width. */
  readonly before?: (stage: Stage) => Promise<unknown>;
  /** What is done in the page before the picture. */
  readonly act?: (page: Page, stage: Stage) => Promise<unknown>;
  /** A selector of what has come when the page has. */
  readonly shows?: string;
  /** In English too, light: where the act does not look for words of one language. */
  readonly english?: true;
  /** As it comes out of the printer, instead. */
  readonly print?: true;
  /** Only what a screen shows, where the page is scrolled to; else the whole page, up to a height. */
  readonly screen?: true;
}

/** What a scene has to play with. */
export interface Stage {
  readonly world: World;
  /** The attendee of this picture; another for each width, so that what one did is not seen in the other. */
  readonly guest: Guest;
  readonly phone: boolean;
}

/** Scenes of one seeded data folder, played in their order. */
export interface Play {
  /** A heading of the index. */
  readonly title: string;
  /** What `npm run seed` is told. */
  readonly seed: Readonly<Record<string, string>>;
  /** What is done once, before all scenes. */
  readonly before?: (world: World) => Promise<unknown>;
  readonly scenes: readonly Scene[];
}
