import { opensBetween, picksAreOpen, wishesAreOpen } from '../../shared/conference/rules.ts';
import { rehearse } from './rehearsal.ts';
import { type ConferenceRow, conferenceById, listConferencesOf, openingsOf } from '../conference/queries.ts';
import type { App } from '../core/http/app-type.ts';

const lookMilliseconds = 20_000;
/** How long before an opening the server makes ready for the crowd. */
const aheadMilliseconds = 60_000;

/** Makes ready for the crowd when choosing is about to open or has just been opened, by its window or by the organiser's hand. */
export function expectCrowds(app: App): void {
  const { store, clock } = app;
  const timer = setInterval(() => {
    try {
      const all = store.read((db) => listConferencesOf({ db, actor: { kind: 'system' } }));
      const opening = all.find(opensAboutNow);
      if (opening) makeReady(opening);
    } catch (error) {
      store.notice(error);
      app.log.warn(error);
    }
  }, lookMilliseconds).unref();
  app.addHook('onClose', () => clearInterval(timer));
  store.follow((news) => {
    // The demo opens before anybody is told that the server is ready.
    if (app.readiness.state !== 'ready') return;
    const isSetting = news.kind === 'programme-changed' && news.sessions.length === 0;
    if (!isSetting && news.kind !== 'stage-changed') return;
    const conference = store.read((db) => conferenceById(db, news.conferenceId));
    if (opensAboutNow(conference) || (!isSetting && isOpenForAll(conference))) makeReady(conference);
  });

  /** The second writer starts, and where people are about to pick the opening is rehearsed. */
  function makeReady(conference: ConferenceRow): void {
    if (!store.expectRush() || conference.stage !== 'picks') return;
    const at = Math.max(clock.now(), conference.picksOpenAt ?? 0);
    const startedAt = performance.now();
    rehearse(app, conference, at).then(
      (picks) =>
        app.log.info({ picks, ms: Math.round(performance.now() - startedAt) }, 'an opening was rehearsed'),
      (error: unknown) => app.log.warn(error),
    );
  }

  function opensAboutNow(conference: ConferenceRow): boolean {
    const now = clock.now();
    return opensBetween(openingsOf(conference), now - lookMilliseconds, now + aheadMilliseconds);
  }

  /** On site few choose, one at a time. */
  function isOpenForAll(conference: ConferenceRow): boolean {
    const openings = openingsOf(conference);
    if (conference.stage === 'onsite') return false;
    return picksAreOpen(openings, clock.now()) || wishesAreOpen(openings, clock.now());
  }
}
