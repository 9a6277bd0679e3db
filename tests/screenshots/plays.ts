import { attendeePlays } from './attendee-plays.ts';
import { organiserPlays } from './organiser-plays.ts';
import { publicPlays } from './public-plays.ts';
import type { Play } from './scene.ts';

/** Everything there is to see, in the order of the index. */
export const plays: readonly Play[] = [...publicPlays, ...attendeePlays, ...organiserPlays];
