import '../ui/base.css';
import './accessibility-page.css';
import look from './public-page.module.css';
import type { Programme } from '../../shared/overview/contract.ts';
import type { SeatChange } from './live-seats.ts';

/** Turns the seats of the served page into the seats that are left, and keeps them so. */
const page = document.querySelector<HTMLElement>('[data-live]');
const { live: slug, leftOne = '', leftOther = '', full = '' } = page?.dataset ?? {};

function show({ session, taken }: SeatChange): void {
  for (const place of document.querySelectorAll<HTMLElement>(`[data-session="${CSS.escape(session)}"]`)) {
    const left = Math.max(0, Number(place.dataset['seats']) - taken);
    place.classList.toggle(look['low'] ?? '', left > 0 && left <= 3);
    place.textContent = left === 0 ? full : left === 1 ? leftOne : leftOther.replace('#', String(left));
  }
}

async function follow(address: string): Promise<void> {
  const answer = await fetch(`${address}/programme`);
  if (!answer.ok) return;
  const { sessions } = (await answer.json()) as Programme;
  for (const session of sessions) show({ session: session.id, taken: session.taken });
  new EventSource(`${address}/seats`).addEventListener('seats', (event) => {
    for (const change of JSON.parse(event.data as string) as SeatChange[]) show(change);
  });
}

if (slug !== undefined) {
  follow(`/api/conferences/${slug}`).catch(() => {
    // Without an answer the page stays as it was served: complete.
  });
}
