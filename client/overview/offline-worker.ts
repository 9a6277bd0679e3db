/**
 * Keeps the files that my day is made of, so that it opens without a network. It keeps nothing of anybody: what was last read
 * lies with the page. Pages are asked of the server first, so that a new version is what people get; a server that does not
 * answer within three seconds counts as none.
 */
declare const self: OfflineWorker;
/** Set by the build: the files, and a name that follows their content. */
declare const offlineFiles: readonly string[];
declare const offlineVersion: string;

/** What is used of a service worker's global scope; its own library of types does not go together with the page's. */
interface OfflineWorker {
  readonly location: Location;
  readonly clients: { claim(): Promise<void> };
  skipWaiting(): Promise<void>;
  addEventListener(kind: 'install' | 'activate', run: (event: Lasting) => void): void;
  addEventListener(kind: 'fetch', run: (event: Asking) => void): void;
}
interface Lasting {
  waitUntil(work: Promise<void>): void;
}
interface Asking {
  readonly request: Request;
  respondWith(answer: Promise<Response>): void;
}

const cacheName = `my-day-${offlineVersion}`;
/** My day is the same page at every conference: this address stands for all. */
const page = '/c/-/me';
const patience = 3000;

self.addEventListener('install', (event) => {
  event.waitUntil(install());
});

self.addEventListener('activate', (event) => {
  event.waitUntil(takeOver());
});

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== 'GET' || origin !== self.location.origin) return;
  if (request.mode === 'navigate' && /^\/c\/[^/]+\/me$/u.test(pathname)) event.respondWith(pageFor(request));
  else if (pathname.startsWith('/assets/')) event.respondWith(fileFor(request));
});

async function install(): Promise<void> {
  const cache = await caches.open(cacheName);
  await cache.addAll(offlineFiles);
  await cache.add(new Request(page, { cache: 'reload' }));
  await self.skipWaiting();
}

async function takeOver(): Promise<void> {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name !== cacheName).map((name) => caches.delete(name)));
  await self.clients.claim();
}

async function pageFor(request: Request): Promise<Response> {
  const known = await caches.match(page, { ignoreVary: true });
  if (!known) return fetch(request);
  const answer = fetch(request).then(
    (answered) => (answered.status >= 500 ? known : answered),
    () => known,
  );
  const late = new Promise<Response>((resolve) => {
    setTimeout(() => resolve(known), patience);
  });
  return Promise.race([answer, late]);
}

async function fileFor(request: Request): Promise<Response> {
  return (await caches.match(request, { ignoreVary: true })) ?? fetch(request);
}
