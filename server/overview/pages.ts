import type { FastifyReply } from 'fastify';
import { existsSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { type Language, languages } from '../../shared/core/language.ts';
import { Refused } from '../../shared/core/refusal.ts';
import { notFound } from '../../shared/core/refusals.ts';
import { type ProgrammeView, programmeViews, readProgrammePage } from '../../shared/overview/contract.ts';
import type { RenderAccessibility, RenderProgramme } from '../../shared/overview/public-page.ts';
import { conferenceForReader, type ConferenceRow, listPublishedConferences } from '../conference/queries.ts';
import type { App } from '../core/http/app-type.ts';
import { type CachedText, cachedText, packed, sendCached } from '../core/http/cached.ts';
import { sendPageShell, servePageShell } from '../core/http/static.ts';
import { memoryOf } from './memory.ts';
import { publicConference } from './queries.ts';

/** Addresses that the client draws. */
const clientPages = ['/me/:token', '/c/:slug/me', '/sign-in/:token', '/organise', '/organise/*'];
const languageCookieSeconds = 31_536_000;

/** What people open in a browser. */
export default function pageRoutes(app: App): void {
  for (const path of clientPages) servePageShell(app, path);
  serveFirstPage(app);
  servePublicPage(app);
  serveAccessibility(app);
}

/** The only published conference where there is one, else the list of them, which the client draws. */
function serveFirstPage(app: App): void {
  app.get('/', (request, reply) => {
    const [only, ...more] = app.store.read(listPublishedConferences);
    return only && more.length === 0
      ? reply.header('cache-control', 'no-store').redirect(`/c/${only.slug}`)
      : sendPageShell(app, request, reply);
  });
}

/** The public programme as a whole document. A language that is chosen in the address is remembered. */
function servePublicPage(app: App): void {
  const pageOf = keptPages(app);
  app.served.push(readProgrammePage);
  app.get<{ Params: { slug: string }; Querystring: { lang?: unknown; by?: unknown } }>(
    readProgrammePage.path,
    {
      handler: async (request, reply) => {
        const { actor, params, query } = request;
        const conference = conferenceForReader({ db: app.store.db, actor }, params.slug);
        const chosen = languages.find((language) => language === query.lang);
        if (chosen) rememberLanguage(reply, chosen);
        const language = chosen ?? request.language;
        const view = programmeViews.find((known) => known === query.by) ?? 'pass';
        const page = await pageOf(conference, language, view);
        void reply.header('content-language', language).header('vary', 'accept-language, cookie, x-language');
        return sendCached({ request, reply }, page, 'text/html; charset=utf-8');
      },
      errorHandler: (error, _request, reply) => {
        if (!(error instanceof Refused) || error.refusal.code !== notFound.code) throw error;
        reply.callNotFound();
      },
    },
  );
}

/** The accessibility statement that the law (2018:1937) asks of public bodies. */
function serveAccessibility(app: App): void {
  const { operator, accessibilityContact: contact } = app.config;
  app.get<{ Querystring: { lang?: unknown } }>('/accessibility', async (request, reply) => {
    const chosen = languages.find((language) => language === request.query.lang);
    if (chosen) rememberLanguage(reply, chosen);
    const language = chosen ?? request.language;
    const { renderAccessibility } = await rendererOf(app);
    const page = cachedText(renderAccessibility({ language, operator, contact }));
    void reply.header('content-language', language).header('vary', 'accept-language, cookie, x-language');
    return sendCached({ request, reply }, page, 'text/html; charset=utf-8');
  });
}

interface Renderer {
  readonly renderProgramme: RenderProgramme;
  readonly renderAccessibility: RenderAccessibility;
}

/** The client's own renderer; a module is loaded once. */
function rendererOf({ config }: App): Promise<Renderer> {
  if (!existsSync(config.publicPage)) throw new Refused(notFound());
  return import(pathToFileURL(config.publicPage).href) as Promise<Renderer>;
}

type PageOf = (conference: ConferenceRow, language: Language, view: ProgrammeView) => Promise<CachedText>;

/** Draws a page once for each language, view and change of the programme or the conference, and keeps it. */
function keptPages(app: App): PageOf {
  const { programmes } = memoryOf(app);
  const { url } = app.config;
  const kept = new Map<string, { readonly madeFrom: string; readonly page: Promise<CachedText> }>();

  async function draw(row: ConferenceRow, language: Language, view: ProgrammeView): Promise<CachedText> {
    const { renderProgramme } = await rendererOf(app);
    const programme = programmes.programmeOf(row.id);
    const conference = { ...publicConference(row), passes: programme.passes };
    return packed(cachedText(renderProgramme({ conference, programme, language, view, url })));
  }

  return (row, language, view) => {
    const madeFrom = JSON.stringify([programmes.versionOf(row.id), publicConference(row)]);
    const key = `${row.id} ${language} ${view}`;
    const known = kept.get(key);
    if (known?.madeFrom === madeFrom) return known.page;
    // Whoever asks while it is drawn waits for the same page; one that could not be drawn is not kept.
    const page = draw(row, language, view);
    kept.set(key, { madeFrom, page });
    page.catch(() => kept.delete(key));
    return page;
  };
}

function rememberLanguage(reply: FastifyReply, language: Language): void {
  void reply.setCookie('language', language, { path: '/', maxAge: languageCookieSeconds, sameSite: 'lax' });
}
