import type { Store } from '../server/core/database.ts';
import { personalLink } from '../server/people/links.ts';
import { createSignInLink } from '../server/people/sign-in-commands.ts';
import type { Instant } from '../shared/core/time.ts';
import { buildConference } from './conference.ts';

/** The ways into a new installation, as addresses. */
export interface DemoLinks {
  readonly publicPage: string;
  /** An attendee's personal link; they have no picks yet. */
  readonly attendee: string;
  /** Signs the organiser in once, within a day. */
  readonly organiser: string;
}

const day = 24 * 3_600_000;

/** Puts the demo conference into a new data folder: at the stage picks, its window open, its day three weeks ahead. */
export async function openDemo(
  store: Store,
  { url, now }: { readonly url: string; readonly now: Instant },
): Promise<DemoLinks> {
  const { conferenceId, slug, organiserId, attendeeIds } = await buildConference(store, {
    stage: 'picks',
    now,
  });
  const token = await store.write({ kind: 'operator' }, (change) =>
    createSignInLink(change, organiserId, day),
  );
  const id = attendeeIds[0]!;
  return {
    publicPage: `${url}/c/${slug}`,
    attendee: personalLink(store, url, { id, conferenceId, linkVersion: 1 }),
    organiser: `${url}/sign-in/${token}`,
  };
}
