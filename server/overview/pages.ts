import { listPublishedConferences } from '../conference/queries.ts';
import type { App } from '../core/http/app-type.ts';
import { sendPageShell, servePageShell } from '../core/http/static.ts';

/** Addresses that the client draws. */
const clientPages = ['/me/:token', '/c/:slug/me', '/sign-in/:token', '/organise', '/organise/*'];

/** What people open in a browser. */
export default function pageRoutes(app: App): void {
  for (const path of clientPages) servePageShell(app, path);
  serveFirstPage(app);
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
