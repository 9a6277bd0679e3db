import { opensBetween, picksAreOpen, wishesAreOpen } from '../../shared/conference/rules.ts';
import { rehearse } from './rehearsal.ts';
import { type ConferenceRow, conferenceById, listConferencesOf, openingsOf } from '../conference/queries.ts';
import type { App } from '../core/http/app-type.ts';

const lookMilliseconds = 20_000;
const firstLookMilliseconds = 1000;
/** After this many picks the code that decides and answers them has been compiled for speed. */
const wellPractised = 4500;
/** How long before an opening the server makes ready for the crowd. */
const aheadMilliseconds = 60_000;

/** Makes ready for the crowd when choosing is about to open or has just been opened, by its window or by the organiser's hand. */
export function expectCrowds(app: App): void {
  const { store, clock } = app;
  /** Picks that have been practised since a second writer started ahead, enough before one does; null while a rehearsal goes on. */
  let practised: number | null = wellPractised;
  const timer = setInterval(look, lookMilliseconds).unref();
  // A server that was started again shortly before an opening.
  const first = setInterval(() => {
    clearInterval(first);
    look();
  }, firstLookMilliseconds).unref();
  app.addHook('onClose', () => {
    clearInterval(timer);
    clearInterval(first);
  });
  store.follow((news) => {
    // The demo opens before anybody is told that the server is ready.
    if (app.readiness.state !== 'ready') return;
    const isSetting = news.kind === 'programme-changed' && news.sessions.length === 0;
    if (!isSetting && news.kind !== 'stage-changed') return;
    const conference = store.read((db) => conferenceById(db, news.conferenceId));
    if (opensAboutNow(conference) || (!isSetting && isOpenForAll(conference))) makeReady(conference);
  });

  function look(): void {
    try {
      const all = store.read((db) => listConferencesOf({ db, actor: { kind: 'system' } }));
      for (const conference of all.filter(opensAboutNow)) makeReady(conference);
    } catch (error) {
      store.notice(error);
      app.log.warn(error);
    }
  }

  /** The second writer starts, and where people are about to pick the opening is rehearsed until it is practised well. */
  function makeReady(conference: ConferenceRow): void {
    const isNew = store.expectRush();
    if (practised === null) return;
    if (isNew) practised = 0;
    if (practised >= wellPractised || conference.stage !== 'picks') return;
    void practise(conference, practised);
  }

  async function practise(conference: ConferenceRow, before: number): Promise<void> {
    practised = null;
    let picks = 0;
    const startedAt = performance.now();
    try {
      const at = Math.max(clock.now(), conference.picksOpenAt ?? 0);
      picks = await rehearse(app, conference, { at, picks: wellPractised - before });
      app.log.info({ picks, ms: Math.round(performance.now() - startedAt) }, 'an opening was rehearsed');
    } catch (error) {
      app.log.warn(error);
    }
    practised = before + picks;
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
