import ICAL from 'ical.js';
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Problem } from '../../shared/core/refusal.ts';
import type { Programme } from '../../shared/overview/contract.ts';
import type { Plan } from '../../shared/planning/plan.ts';
import type { Session } from '../../shared/programme/vocabulary.ts';
import { apiClient, AttendeeClient } from '../support/api-client.ts';
import { emptyFolder, npmRun, type Seeded, seededFolder } from '../support/commands.ts';
import { check } from '../support/planning/plan-check.mjs';
import { type RunningServer, startServer } from '../support/running-server.ts';

const run = promisify(execFile);
const root = join(import.meta.dirname, '..', '..');
const slug = 'utsikt-ar-insikt';

describe('a new data folder', () => {
  let server: RunningServer;
  let programme: Programme;

  beforeAll(async () => {
    server = await startServer();
    programme = (await apiClient(server.url).get<Programme>(`/api/conferences/${slug}/programme`)).body;
  });
  afterAll(() => server.stop());

  test('is served within ten seconds of the build, and three links are printed', () => {
    expect(server.readyAfter).toBeLessThan(10_000);
    expect(server.links).toEqual({
      publicPage: `${server.url}/c/${slug}`,
      attendee: expect.stringMatching(/\/me\/[\w-]{32}$/u),
      organiser: expect.stringMatching(/\/sign-in\/[\w-]{20,}$/u),
    });
  });

  test('holds the whole programme: fifteen workshops, three passes, sessions with rooms', () => {
    const codes = programme.workshops.map(({ code }) => code).sort();
    expect(codes).toEqual(Array.from({ length: 15 }, (_, i) => `W${i + 1}`).sort());
    expect(programme.passes).toHaveLength(3);
    const rooms = new Set(programme.rooms.map(({ id }) => id));
    const placed = new Set(programme.sessions.map(({ workshop }) => workshop));
    expect(programme.sessions.filter(({ room }) => !rooms.has(room))).toEqual([]);
    expect(programme.workshops.filter(({ id }) => !placed.has(id))).toEqual([]);
  });

  test('shows all fifteen titles in the page itself', async () => {
    const response = await fetch(server.links.publicPage);
    const html = unescaped(await response.text());
    expect(response.status).toBe(200);
    expect(programme.workshops.filter(({ title }) => !html.includes(title))).toEqual([]);
    expect(html).not.toMatch(/\sstyle=/u);
    expect(html).not.toMatch(/<script(?![^>]*(?:\ssrc=|application\/ld\+json))[^>]*>/u);
  });

  test('gives an attendee with three picks a calendar of three workshops and what is for everybody', async () => {
    const token = server.links.attendee.split('/').at(-1)!;
    const attendee = new AttendeeClient(server.url, token, slug);
    const chosen = await pickOneInEachPass(attendee, programme);
    const { calendar } = await attendee.me();
    const response = await fetch(new URL(calendar.feed, server.url));
    const events = new ICAL.Component(ICAL.parse(await response.text()) as unknown[]).getAllSubcomponents(
      'vevent',
    );
    const summaries = events.map((event) => String(event.getFirstPropertyValue('summary')));

    expect(response.headers.get('content-type')).toMatch(/^text\/calendar/u);
    expect(events).toHaveLength(3 + programme.plenaries.length);
    for (const { workshop } of chosen) {
      const { title } = programme.workshops.find(({ id }) => id === workshop)!;
      expect(summaries.filter((summary) => summary.includes(title))).toHaveLength(1);
    }
    for (const { title } of programme.plenaries)
      expect(summaries.some((summary) => summary.includes(title))).toBe(true);
  });

  test('tells nobody’s token in what the server logs', async () => {
    const token = server.links.attendee.split('/').at(-1)!;
    await fetch(`${server.url}/me/${token}`);
    expect(server.output().split(token)).toHaveLength(2);
  });
});

describe('a conference made by npm run seed', () => {
  let seeded: Seeded;
  let server: RunningServer;
  let programme: Programme;
  let tokens: readonly string[];
  const as = (token: string) => new AttendeeClient(server.url, token, slug);

  beforeAll(async () => {
    seeded = await seededFolder({ stage: 'picks', attendees: '60', offerings: '2', seed: '1' });
    tokens = seeded.tokens;
    server = await startServer({ dataDir: seeded.dataDir });
    programme = await as(tokens[0]!).programme();
  });
  afterAll(async () => {
    await server.stop();
    seeded.remove();
  });

  test('has a link for every attendee', () => {
    expect(tokens).toHaveLength(60);
    expect(new Set(tokens).size).toBe(60);
  });

  test('lets an attendee take three seats, swap one and release one', async () => {
    const attendee = as(tokens[5]!);
    await releaseAll(attendee);
    const chosen = await pickOneInEachPass(attendee, programme);
    expect((await attendee.me()).picks.map(({ session }) => session).sort()).toEqual(
      chosen.map(({ id }) => id).sort(),
    );

    const [first] = chosen;
    const other = freeSessions(
      programme,
      first!.pass,
      chosen.map(({ workshop }) => workshop),
    )[0]!;
    const swapped = await attendee.pick(first!.pass, other.id, { from: first!.id });
    expect(swapped.status).toBe(200);
    expect(swapped.body.picks.find(({ pass }) => pass === first!.pass)?.session).toBe(other.id);

    const released = await attendee.release(first!.pass);
    expect(released.status).toBe(200);
    expect(released.body.picks).toHaveLength(2);
  });

  test('refuses the same workshop twice, and keeps what was held', async () => {
    const attendee = as(tokens[6]!);
    await releaseAll(attendee);
    const twice = programme.sessions.find(({ id, workshop, taken, seats }) => {
      const again = programme.sessions.find((s) => s.workshop === workshop && s.id !== id);
      return again && taken < seats - 1 && again.taken < again.seats - 1;
    })!;
    const again = programme.sessions.find((s) => s.workshop === twice.workshop && s.id !== twice.id)!;
    expect((await attendee.pick(twice.pass, twice.id)).status).toBe(200);
    const refused = await attendee.pick(again.pass, again.id);
    expect([refused.status, refused.body.code]).toEqual([409, 'same-workshop']);
    expect((await attendee.me()).picks.map(({ session }) => session)).toEqual([twice.id]);
  });

  test('refuses a seat in the pass where the attendee presents', async () => {
    const mine = await Promise.all(tokens.map((token) => as(token).me()));
    const index = mine.findIndex(({ presents }) => presents.length > 0);
    const { presents } = mine[index]!;
    const own = programme.workshops.find(({ code }) => code === presents[0]!.workshop)!;
    const other = freeSessions(programme, presents[0]!.pass, [own.id])[0]!;
    const refused = await as(tokens[index]!).pick(presents[0]!.pass, other.id);
    expect([refused.status, refused.body.code]).toEqual([409, 'presents-then']);
    expect(refused.body.messages.sv).toContain(own.code);
  });

  test('refuses a seat when the session has no more, and queues when asked to', async () => {
    const smallest = programme.sessions.toSorted((a, b) => a.seats - a.taken - (b.seats - b.taken))[0]!;
    let refused: string | undefined;
    for (const token of tokens.slice(3)) {
      // oxlint-disable-next-line no-await-in-loop -- one after another, until there are no more seats
      const { status, body } = await as(token).pick(smallest.pass, smallest.id);
      if (status === 409 && body.code === 'full') {
        refused = token;
        break;
      }
    }
    const counted = await as(tokens[3]!).programme();
    const { taken, seats } = counted.sessions.find(({ id }) => id === smallest.id)!;
    expect([taken, refused === undefined]).toEqual([seats, false]);

    const before = await as(refused!).me();
    const queued = await as(refused!).pick(smallest.pass, smallest.id, { waitlist: true });
    expect(queued.status).toBe(200);
    expect(queued.body.picks).toEqual(before.picks);
    expect(queued.body.waitlist).toContainEqual({
      pass: smallest.pass,
      session: smallest.id,
      position: expect.any(Number) as number,
      passedOver: null,
    });
  });

  test('refuses a swap from a seat that is no longer held', async () => {
    const attendee = as(tokens[5]!);
    await releaseAll(attendee);
    const pass = programme.passes[0]!.id;
    const [one, two] = freeSessions(await attendee.programme(), pass, []);
    await attendee.pick(pass, one!.id);
    const refused = await attendee.pick(pass, two!.id, { from: two!.id });
    expect([refused.status, refused.body.code]).toEqual([409, 'changed-elsewhere']);
    expect((await attendee.me()).picks.map(({ session }) => session)).toEqual([one!.id]);
  });

  test('refuses what is not understood, and names it', async () => {
    const pass = programme.passes[0]!.id;
    const path = `/api/conferences/${slug}/picks/${pass}`;
    const body = { sessionId: programme.sessions[0]!.id, attendeeId: 'somebody-else' };
    const known = await apiClient(server.url, tokens[5]).send<{ fields: { path: string }[] }>(
      'PUT',
      path,
      body,
    );
    expect([known.status, known.body.fields.map((field) => field.path)]).toEqual([400, ['attendeeId']]);
    const unknown = await apiClient(server.url, 'x'.repeat(32)).send<Problem>('PUT', path, body);
    expect([unknown.status, unknown.body.code]).toEqual([404, 'link-unknown']);
  });
});

test('before the picks open, a seat is refused with the times', async () => {
  const { dataDir, tokens, remove } = await seededFolder({ stage: 'planning', attendees: '20' });
  const server = await startServer({ dataDir });
  try {
    const attendee = new AttendeeClient(server.url, tokens[0]!, slug);
    const { passes, sessions } = await attendee.programme();
    const refused = await attendee.pick(passes[0]!.id, sessions[0]!.id);
    expect([refused.status, refused.body.code]).toEqual([409, 'window-closed']);
  } finally {
    await server.stop();
    remove();
  }
});

test('links without a file are printed, and a file that cannot be written is refused before anything is filled', async () => {
  const { dataDir, remove } = emptyFolder();
  try {
    const environment = { VERKSTAD_DATA: dataDir };
    const nowhere = join(dataDir, 'no', 'links.csv');
    await expect(npmRun(['seed', '--', '--attendees', '6', '--links', nowhere], environment)).rejects.toThrow(
      'Nothing was done',
    );
    const printed = await npmRun(['seed', '--', '--links', '--attendees', '6'], environment);
    expect(printed).toMatch(/^attendee,token\n(?:\w+,[\w-]{32}\n){6}$/u);
  } finally {
    remove();
  }
});

describe('npm run plan', () => {
  test.each([
    { attendees: 24, workshops: 6, rooms: 3 },
    { attendees: 200, workshops: 15, rooms: 8 },
  ])(
    'plans $attendees attendees and $workshops workshops by every rule, with value and bound',
    async (size) => {
      const folder = mkdtempSync(join(tmpdir(), 'verkstad-plan-'));
      const instance = join(folder, 'instance.json');
      const sizes = Object.entries({ ...size, passes: 3, seed: 1, out: instance });
      try {
        await run(process.execPath, [
          join(root, 'tests/support/planning/generate.mjs'),
          ...sizes.flatMap(([name, value]) => [`--${name}`, String(value)]),
        ]);
        const plan = JSON.parse(await npmRun(['plan', '--', instance, '--seconds', '20'])) as Plan;
        const verdict = check(JSON.parse(readFileSync(instance, 'utf8')), plan);
        expect(verdict.violations).toEqual([]);
        expect(verdict.feasible).toBe(true);
        expect(plan.value).toEqual(expect.anything());
        expect(plan.bound).toEqual(expect.anything());
      } finally {
        rmSync(folder, { recursive: true, force: true });
      }
    },
  );
});

/** Sessions of a pass with room for more, of none of the workshops named. */
function freeSessions(programme: Programme, pass: string, without: readonly string[]): Session[] {
  return programme.sessions.filter(
    (session) =>
      session.pass === pass && session.taken < session.seats && !without.includes(session.workshop),
  );
}

async function releaseAll(attendee: AttendeeClient): Promise<void> {
  for (const { pass } of (await attendee.me()).picks) {
    // oxlint-disable-next-line no-await-in-loop -- one after another, as a person does
    expect((await attendee.release(pass)).status).toBe(200);
  }
}

async function pickOneInEachPass(attendee: AttendeeClient, programme: Programme): Promise<Session[]> {
  const chosen: Session[] = [];
  for (const pass of programme.passes) {
    const session = freeSessions(
      programme,
      pass.id,
      chosen.map(({ workshop }) => workshop),
    )[0]!;
    // oxlint-disable-next-line no-await-in-loop
    const { status } = await attendee.pick(pass.id, session.id, { from: null });
    expect(status).toBe(200);
    chosen.push(session);
  }
  return chosen;
}

function unescaped(html: string): string {
  return html
    .replaceAll('&quot;', '"')
    .replaceAll('&#x27;', "'")
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');
}
