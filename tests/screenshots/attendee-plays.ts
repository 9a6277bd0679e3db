import type { Page } from 'playwright-core';
import type { Play, Stage } from './scene.ts';
import { held, publishPlanFor } from './by-api.ts';
import { slug } from './world.ts';

const myDay = `/c/${slug}/me`;
const passes = ['Pass 1', 'Pass 2', 'Pass 3'];

/** Takes a seat in every pass of my day: where there are most left, never the same workshop twice. */
async function chooseAll({ guest: { api } }: Stage): Promise<void> {
  const { passes, sessions } = await api.programme();
  const taken = new Set<string>();
  for (const { id } of passes) {
    const [session] = sessions
      .filter((s) => s.pass === id && !taken.has(s.workshop))
      .toSorted((a, b) => b.seats - b.taken - (a.seats - a.taken));
    taken.add(session!.workshop);
    // oxlint-disable-next-line no-await-in-loop -- one choice after another, as a person does
    await held(api.pick(id, session!.id));
  }
}

/** Joins the queue of the fullest session of the second pass, holding another. */
async function wait(stage: Stage): Promise<void> {
  await chooseAll(stage);
  const { api } = stage.guest;
  const { passes, sessions } = await api.programme();
  const full = sessions.find((s) => s.pass === passes[1]!.id && s.taken >= s.seats);
  if (!full) throw new Error('no session of the second pass is full');
  await held(api.pick(full.pass, full.id, { waitlist: true }));
}

async function wishFor({ guest }: Stage, ...codes: string[]): Promise<void> {
  await held(guest.calls.send('PUT', `/api/conferences/${slug}/wishes`, { wishes: codes }));
}

function pass(page: Page, name: string) {
  return page.getByRole('region', { name, exact: true });
}

/** The browser is told that there is no network, as it is on a train; Playwright's own way leaves `navigator.onLine` true. */
async function loseNetwork(page: Page): Promise<void> {
  const log = await page.context().newCDPSession(page);
  const none = { offline: true, latency: 0, downloadThroughput: 0, uploadThroughput: 0 };
  await log.send('Network.enable');
  await log.send('Network.overrideNetworkState', none);
  await page.waitForFunction(() => !navigator.onLine);
}

export const attendeePlays: readonly Play[] = [
  {
    title: 'My day',
    seed: { stage: 'picks' },
    scenes: [
      {
        name: 'my-day',
        title: 'Choosing: one workshop of each pass',
        who: 'attendee',
        path: myDay,
        shows: 'h3',
        english: true,
      },
      {
        name: 'my-day-full',
        title: 'A full workshop offers its queue, and says what would happen',
        who: 'attendee',
        path: myDay,
        shows: 'h3',
        screen: true,
        act: async (page, { phone }) => {
          const second = pass(page, passes[1]!);
          if (phone) await second.getByRole('button', { name: /^Visa valen/u }).click();
          await second
            .getByRole('button', { name: /^Vänta på plats/u })
            .first()
            .evaluate((button) => button.scrollIntoView({ block: 'center' }));
        },
      },
      {
        name: 'my-day-waiting',
        title: 'Holding one seat, waiting for another',
        who: 'attendee',
        path: myDay,
        shows: 'h3',
        before: wait,
      },
      {
        name: 'my-day-swap-offer',
        title: 'A swap offered to a colleague who has the other seat',
        who: 'attendee',
        path: myDay,
        shows: 'h3',
        before: wait,
        act: async (page) => {
          await page.getByRole('button', { name: /^Byt direkt med någon/u }).click();
          await page.getByRole('textbox', { name: 'Länk till bytet' }).waitFor();
        },
      },
      {
        name: 'my-day-find',
        title: 'Finding among the workshops by words and topics',
        who: 'attendee',
        path: myDay,
        shows: 'h3',
        screen: true,
        act: async (page) => {
          await page.getByRole('button', { name: /^Sök/u }).first().click();
          await page.getByRole('searchbox').first().fill('innovation');
        },
      },
      {
        name: 'my-day-chosen',
        title: 'Everything chosen',
        who: 'attendee',
        path: myDay,
        shows: 'h3',
        before: chooseAll,
        english: true,
      },
      {
        name: 'my-day-swap',
        title: 'Swapping one workshop for another',
        who: 'attendee',
        path: myDay,
        shows: 'h3',
        screen: true,
        before: chooseAll,
        act: (page) =>
          pass(page, passes[0]!)
            .getByRole('button', { name: /^Byt W/u })
            .click(),
      },
      {
        name: 'my-day-undo',
        title: 'A seat that is given up in six seconds, and the way back',
        who: 'attendee',
        path: myDay,
        shows: 'h3',
        screen: true,
        before: chooseAll,
        act: async (page) => {
          const first = pass(page, passes[0]!);
          await first.getByRole('button', { name: /^Lämna platsen/u }).click();
          await first.getByRole('button', { name: /^Ångra/u }).waitFor();
        },
      },
      {
        name: 'calendar',
        title: 'The calendar: a subscription that follows, or a copy',
        who: 'attendee',
        path: myDay,
        shows: 'h3',
        screen: true,
        before: chooseAll,
        act: async (page) => {
          await page.getByRole('button', { name: 'Till kalendern' }).click();
          await page.getByRole('dialog').waitFor();
        },
      },
      {
        name: 'my-day-offline',
        title: 'Without network, and how old it is',
        who: 'attendee',
        path: myDay,
        shows: 'h3',
        screen: true,
        before: chooseAll,
        act: loseNetwork,
      },
    ],
  },
  {
    title: 'Wishes',
    seed: { stage: 'wishes' },
    scenes: [
      {
        name: 'wishes',
        title: 'An empty list',
        who: 'attendee',
        path: myDay,
        before: (stage) => wishFor(stage),
        shows: 'h3',
        english: true,
      },
      {
        name: 'wishes-ranked',
        title: 'Six wishes ranked',
        who: 'attendee',
        path: myDay,
        shows: 'h3',
        before: (stage) => wishFor(stage, 'W4', 'W12', 'W1', 'W9', 'W15', 'W7'),
      },
      {
        name: 'wishes-offline',
        title: 'Without network the list can be read',
        who: 'attendee',
        path: myDay,
        shows: 'h3',
        screen: true,
        before: (stage) => wishFor(stage, 'W4', 'W12', 'W1'),
        act: loseNetwork,
      },
    ],
  },
  {
    title: 'Wishes handed in',
    seed: { stage: 'planning' },
    scenes: [
      {
        name: 'wishes-closed',
        title: 'The list is closed, the timetable is being made',
        who: 'attendee',
        path: myDay,
      },
    ],
  },
  {
    title: 'What the plan gave',
    seed: { stage: 'wishes' },
    before: (world) => publishPlanFor(world),
    scenes: [
      {
        name: 'result',
        title: 'Which wishes were met, and why not the others',
        who: 'attendee',
        casting: async ({ api }) => ((await api.me()).result?.reasons.length ?? 0) > 1,
        act: (page) => page.locator('summary').first().click(),
        path: myDay,
        shows: 'h3',
        english: true,
      },
    ],
  },
  {
    title: 'Afterwards',
    seed: { stage: 'over' },
    scenes: [
      {
        name: 'my-day-over',
        title: 'The day is over',
        who: 'attendee',
        casting: async ({ api }) => (await api.me()).picks.length === 3,
        path: myDay,
        shows: 'h3',
      },
      { name: 'programme-over', title: 'The programme afterwards', who: 'anybody', path: `/c/${slug}` },
    ],
  },
];
