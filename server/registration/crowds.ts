import { opensBetween, picksAreOpen, wishesAreOpen } from '../../shared/conference/rules.ts';
import type { Instant } from '../../shared/core/time.ts';
import { type ConferenceRow, conferenceById, listConferencesOf, openingsOf } from '../conference/queries.ts';
import type { App } from '../core/http/app-type.ts';

const lookMilliseconds = 20_000;
/** How long before an opening the server makes ready for the crowd. Longer than two looks, so that none is missed. */
const aheadMilliseconds = 60_000;

/** Makes ready for the crowd when choosing is about to open, by its window or by the organiser's hand. */
export function expectCrowds(app: App): void {
  const { store, clock } = app;
  const timer = setInterval(() => {
    const now = clock.now();
    const all = store.read((db) => listConferencesOf({ db, actor: { kind: 'system' } }));
    if (all.some((conference) => opensSoon(conference, now))) store.expectRush();
  }, lookMilliseconds).unref();
  app.addHook('onClose', () => clearInterval(timer));
  store.follow((news) => {
    if (news.kind !== 'stage-changed') return;
    const openings = openingsOf(store.read((db) => conferenceById(db, news.conferenceId)));
    if (picksAreOpen(openings, clock.now()) || wishesAreOpen(openings, clock.now())) store.expectRush();
  });
}

function opensSoon(conference: ConferenceRow, now: Instant): boolean {
  return opensBetween(openingsOf(conference), now, now + aheadMilliseconds);
}
