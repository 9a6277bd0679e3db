import type { Page } from 'playwright-core';
import { boardOf, held, placeSome, planFor } from './by-api.ts';
import type { Play, Stage } from './scene.ts';
import { slug, type World } from './world.ts';

const office = `/organise/${slug}`;
/** A conference of one's own, with nothing in it. */
const empty = '/organise/natverksdagen';

async function createEmpty({ organiser }: World): Promise<void> {
  await held(
    organiser.send('POST', '/api/organiser/conferences', {
      slug: 'natverksdagen',
      name: 'Nätverksdagen',
      timeZone: 'Europe/Stockholm',
      language: 'sv',
    }),
  );
}

/** Lifts a workshop and holds it over the board, so that every cell says whether it may stand there. */
async function carry(page: Page, { phone }: Stage, code: string): Promise<void> {
  const card = page.getByRole('button', { name: new RegExp(`^${code}\\b`, 'u') }).first();
  if (phone) return card.tap();
  await card.scrollIntoViewIfNeeded();
  const from = (await card.boundingBox())!;
  const to = (await page.getByRole('gridcell').nth(4).boundingBox())!;
  await page.mouse.move(from.x + 30, from.y + 20);
  await page.mouse.down();
  await page.mouse.move(from.x, from.y + 40, { steps: 4 });
  await page.mouse.move(to.x + 60, to.y + 40, { steps: 6 });
}

/** Writes the reminder to choose, the first time. */
async function remindToChoose(page: Page): Promise<void> {
  await page.getByRole('heading', { name: 'Utkorg' }).waitFor();
  if (await page.getByRole('button', { name: 'Väntar 0' }).isVisible()) {
    await page.getByRole('button', { name: 'Påminn', exact: true }).click();
    await page.getByRole('button', { name: /^Skicka till/u }).click();
  }
  await page.getByRole('table').waitFor();
}

const pasted = [
  'Namn\tMejl\tOrganisation',
  'Åsa Öberg\tasa.oberg@example.org\tRegion Skåne',
  'Per Ek\tper.ek@example.org\tVinnova',
  'Li Ny\tfel adress\tRegion Halland',
  'Saga Lind\tsaga.lind@example.org\tTillväxtverket',
  'Per Ek\tper.ek@example.org\tVinnova',
];

export const organiserPlays: readonly Play[] = [
  {
    title: 'A conference of one’s own, from nothing',
    seed: { stage: 'draft' },
    before: createEmpty,
    scenes: [
      {
        name: 'organiser-conferences',
        title: 'The host’s conferences',
        who: 'organiser',
        path: '/organise',
        english: true,
      },
      {
        name: 'organiser-new-conference',
        title: 'A new conference',
        who: 'organiser',
        path: '/organise',
        screen: true,
        act: (page) => page.getByRole('button', { name: 'Ny konferens' }).click(),
      },
      { name: 'board-nothing', title: 'A board with no passes yet', who: 'organiser', path: empty },
      { name: 'day-nothing', title: 'No passes, no rooms', who: 'organiser', path: `${empty}/rooms` },
      { name: 'workshops-nothing', title: 'No workshops', who: 'organiser', path: `${empty}/workshops` },
      { name: 'attendees-nothing', title: 'No attendees', who: 'organiser', path: `${empty}/attendees` },
      { name: 'plans-nothing', title: 'No plans', who: 'organiser', path: `${empty}/plans` },
      { name: 'lists-nothing', title: 'No lists', who: 'organiser', path: `${empty}/lists` },
      { name: 'letters-nothing', title: 'No letters', who: 'organiser', path: `${empty}/letters` },
      { name: 'settings-draft', title: 'Settings of a draft', who: 'organiser', path: `${empty}/settings` },
    ],
  },
  {
    title: 'Building the programme',
    seed: { stage: 'wishes' },
    scenes: [
      { name: 'board-empty', title: 'Everything still to be placed', who: 'organiser', path: office },
      {
        name: 'board-half',
        title: 'Half placed',
        who: 'organiser',
        path: office,
        before: ({ world, phone }) => (phone ? placeSome(world, 0.5) : Promise.resolve()),
        english: true,
      },
      {
        name: 'board-drag',
        title: 'Carrying a workshop: every cell says whether it may stand there, and why not',
        who: 'organiser',
        path: office,
        screen: true,
        act: (page, stage) => carry(page, stage, 'W15'),
      },
      {
        name: 'workshops',
        title: 'The workshops, with what people wish',
        who: 'organiser',
        path: `${office}/workshops`,
        english: true,
      },
      {
        name: 'workshop-new',
        title: 'A new workshop',
        who: 'organiser',
        path: `${office}/workshops/new`,
      },
      { name: 'day', title: 'Passes, rooms and what is for all', who: 'organiser', path: `${office}/rooms` },
      {
        name: 'day-new-room',
        title: 'A new room',
        who: 'organiser',
        path: `${office}/rooms`,
        screen: true,
        act: (page) => page.getByRole('button', { name: 'Lägg till lokal' }).click(),
      },
      {
        name: 'attendees',
        title: 'The attendees',
        who: 'organiser',
        path: `${office}/attendees`,
        english: true,
      },
      {
        name: 'attendees-import',
        title: 'A pasted list, shown as it is read before it is kept',
        who: 'organiser',
        path: `${office}/attendees`,
        screen: true,
        act: async (page) => {
          await page.getByRole('button', { name: 'Klistra in en lista' }).click();
          await page.getByRole('textbox', { name: 'Listan' }).fill(pasted.join('\n'));
          await page.getByRole('button', { name: 'Visa vad som läses in' }).click();
          await page.getByText('läggs till').first().waitFor();
        },
      },
    ],
  },
  {
    title: 'Planning',
    seed: { stage: 'wishes' },
    before: async (world) => {
      await planFor(world, { objective: 'ranks' });
      await planFor(world, { objective: 'fair' });
    },
    scenes: [
      {
        name: 'plan',
        title: 'A plan with its proof, its figures and its timetable',
        who: 'organiser',
        path: `${office}/plans`,
        shows: '#plan-title',
        english: true,
      },
      {
        name: 'plan-publish',
        title: 'What publishing will do, before it is done',
        who: 'organiser',
        path: `${office}/plans`,
        screen: true,
        shows: '#plan-title',
        act: (page) => page.getByRole('button', { name: 'Granska och publicera' }).click(),
      },
      {
        name: 'plan-compare',
        title: 'Two plans side by side',
        who: 'organiser',
        path: `${office}/plans`,
        shows: '#plan-title',
        act: async (page) => {
          await page.getByLabel('Jämför med').selectOption({ index: 1 });
          await page.getByRole('heading', { name: /bredvid/u }).waitFor();
        },
      },
      { name: 'board-plan', title: 'The board beside its latest plan', who: 'organiser', path: office },
      {
        name: 'plan-stale',
        title: 'A plan whose facts have changed since',
        who: 'organiser',
        path: `${office}/plans`,
        shows: '#plan-title',
        before: async ({ world, phone }) => {
          const { rooms } = await boardOf(world);
          if (phone)
            await held(
              world.organiser.send('PATCH', `/api/conferences/${slug}/rooms/${rooms[0]!.id}`, {
                capacity: 30,
              }),
            );
        },
      },
    ],
  },
  {
    title: 'A plan that cannot be',
    seed: { stage: 'wishes', rooms: '4' },
    before: (world) => planFor(world),
    scenes: [
      {
        name: 'plan-infeasible',
        title: 'Why no plan is possible, in words',
        who: 'organiser',
        path: `${office}/plans`,
        shows: '#plan-title',
      },
    ],
  },
  {
    title: 'While people choose',
    seed: { stage: 'picks' },
    scenes: [
      {
        name: 'board',
        title: 'The board with its seats',
        who: 'organiser',
        path: office,
        english: true,
      },
      { name: 'lists', title: 'The lists of all sessions', who: 'organiser', path: `${office}/lists` },
      {
        name: 'list',
        title: 'Who is in a session, and who waits',
        who: 'organiser',
        path: `${office}/lists`,
        act: openFullestList,
      },
      {
        name: 'list-paper',
        title: 'The list for the door, on A4',
        who: 'organiser',
        path: `${office}/lists`,
        print: true,
        act: openFullestList,
      },
      {
        name: 'letters-preview',
        title: 'A letter as it will read, before it is sent to everybody',
        who: 'organiser',
        path: `${office}/letters`,
        screen: true,
        act: async (page) => {
          await page.getByRole('button', { name: 'Bjud in', exact: true }).click();
          await page.getByRole('dialog').waitFor();
        },
      },
      {
        name: 'letters',
        title: 'The outbox: letters that wait for a mail server',
        who: 'organiser',
        path: `${office}/letters`,
        act: remindToChoose,
      },
      {
        name: 'settings',
        title: 'Settings: stage, times, rules',
        who: 'organiser',
        path: `${office}/settings`,
        english: true,
      },
    ],
  },
  {
    title: 'A large conference',
    seed: { stage: 'planning', attendees: '2000', workshops: '160', rooms: '40', passes: '5' },
    scenes: [
      {
        name: 'board-large',
        title: 'Forty rooms and five passes',
        who: 'organiser',
        path: office,
      },
      {
        name: 'attendees-large',
        title: 'Two thousand attendees',
        who: 'organiser',
        path: `${office}/attendees`,
        screen: true,
      },
      {
        name: 'plan-running',
        title: 'A plan being computed',
        who: 'organiser',
        path: `${office}/plans`,
        screen: true,
        act: async (page) => {
          await page.getByRole('button', { name: 'Räkna fram en plan' }).click();
          await page.locator('#plan-title').waitFor();
          await page.waitForTimeout(3000);
        },
      },
    ],
  },
];

async function openFullestList(page: Page): Promise<void> {
  await page.getByRole('link', { name: /^W\d/u }).first().click();
  await page.getByRole('table').waitFor();
}
