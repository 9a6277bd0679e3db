import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as after } from 'node:timers/promises';
import { readByIcalJs, type ReadEvent } from '../support/calendars/readings.ts';
import { freePort } from '../support/free-port.ts';

/** A state of a feed that clients follow. */
export interface FeedState {
  /** Where the feed is served in this state. */
  readonly url: string;
  /** The same as a file. */
  readonly file: string;
  readonly text: string;
  readonly events: readonly ReadEvent[];
}

export interface Client {
  readonly name: string;
  /** Debian's packages. */
  readonly packages: readonly string[];
  /** How it takes a feed. */
  readonly how: string;
  /** A new one, with an empty calendar in that folder. */
  start(folder: string): Promise<Following>;
}

interface Following {
  /** Takes the feed as it is now; answers with what it then shows wrongly. */
  take(state: FeedState): Promise<string[]>;
  end?(): void;
}

const zone = 'Europe/Stockholm';

export const clients: readonly Client[] = [
  {
    name: 'khal',
    packages: ['khal'],
    how: 'imports each state into the same calendar',
    async start(folder) {
      const khal = khalIn(folder);
      return {
        async take({ file, events }) {
          khal('import', '--batch', file);
          return compare(khal(...listing(events)).split('\n'), events.map(asKhalShows));
        },
      };
    },
  },
  {
    name: 'khal with vdirsyncer',
    packages: ['khal', 'vdirsyncer'],
    how: 'subscribes to the address and synchronises; vdirsyncer gives the events UIDs of its own',
    async start(folder) {
      const khal = khalIn(folder);
      const config = join(folder, 'vdirsyncer');
      return {
        async take({ url, events }) {
          writeFileSync(config, vdirsyncerConfig(folder, url));
          const vdirsyncer = (...words: string[]) =>
            run('vdirsyncer', ['-c', config, ...words], { input: 'y\n' });
          vdirsyncer('discover', 'feed');
          vdirsyncer('sync', 'feed');
          return compare(
            khal(...listing(events))
              .split('\n')
              .map(withoutUid),
            events.map(asKhalShows).map(withoutUid),
          );
        },
      };
    },
  },
  {
    name: 'calcurse',
    packages: ['calcurse'],
    how: 'imports each state into an empty calendar: it keeps no UIDs, and shows no place',
    async start(folder) {
      let states = 0;
      return {
        async take({ file, events }) {
          const calendar = join(folder, `calcurse-${states++}`);
          mkdirSync(calendar);
          const calcurse = (...words: string[]) => run('calcurse', ['-q', '-D', calendar, ...words]);
          calcurse('-i', file);
          const { from: firstDay, count } = daysOf(events);
          const [year, month, day] = firstDay.split('-');
          const from = `${month}/${day}/${year}`;
          const format = '%(start:%Y-%m-%d %H:%M)|%(end:%H:%M)|%m\n';
          const range = ['--from', from, '--days', String(count)];
          const shown = calcurse('-Q', '--filter-type', 'cal', '--format-apt', format, ...range);
          const wanted = events.map((event) =>
            [localTime(event.startsAt), localTime(event.endsAt).slice(11), oneLine(event.summary)].join('|'),
          );
          return compare(
            shown.split('\n').filter((line) => line.includes('|')),
            wanted,
          );
        },
      };
    },
  },
  {
    name: 'Radicale',
    packages: ['radicale'],
    how: 'is given each state by CalDAV and asked for each time of the feed',
    async start(folder) {
      const { url, server } = await startRadicale(folder);
      return {
        async take({ text, events }) {
          const put = await fetch(url, {
            method: 'PUT',
            headers: { 'content-type': 'text/calendar' },
            body: text,
          });
          if (!put.ok) return [`PUT was answered ${put.status}: ${await put.text()}`];
          const faults: string[] = [];
          for (const moment of new Set(events.flatMap((event) => [event.startsAt, event.endsAt]))) {
            const wanted = events.filter((event) => event.startsAt <= moment && moment < event.endsAt);
            // oxlint-disable-next-line no-await-in-loop -- one question after another
            const shown = await eventsAt(url, moment);
            faults.push(...compare(shown.map(asKhalShows), wanted.map(asKhalShows)));
          }
          return faults;
        },
        end: () => void server.kill(),
      };
    },
  },
];

function run(command: string, words: readonly string[], options: { input?: string } = {}): string {
  return execFileSync(command, words, {
    encoding: 'utf8',
    env: { ...process.env, TZ: zone, LANG: 'C.UTF-8' },
    stdio: ['pipe', 'pipe', 'pipe'],
    ...options,
  });
}

const khalFormat = '{start-date} {start-time}|{end-time}|{uid}|{status}|{title}|{location}';

function listing(events: readonly ReadEvent[]): string[] {
  const { from, count } = daysOf(events);
  return ['list', '--day-format', '', '--format', khalFormat, from, `${count}d`];
}

/** The first day of events, and how many there are to the last. */
function daysOf(events: readonly ReadEvent[]): { from: string; count: number } {
  const starts = events.map(({ startsAt }) => startsAt);
  const [first, last] = [Math.min(...starts), Math.max(...starts)];
  return { from: localTime(first).slice(0, 10), count: Math.ceil((last - first) / 86_400_000) + 1 };
}

function khalIn(folder: string): (...words: string[]) => string {
  const calendar = join(folder, 'calendar');
  mkdirSync(calendar);
  const config = join(folder, 'khal');
  writeFileSync(
    config,
    `[calendars]
[[feed]]
path = ${calendar}
[locale]
local_timezone = ${zone}
default_timezone = ${zone}
timeformat = %H:%M
dateformat = %Y-%m-%d
longdateformat = %Y-%m-%d
datetimeformat = %Y-%m-%d %H:%M
longdatetimeformat = %Y-%m-%d %H:%M
[sqlite]
path = ${join(folder, 'khal.db')}
`,
  );
  return (...words) => run('khal', ['-c', config, ...words]);
}

function vdirsyncerConfig(folder: string, url: string): string {
  return `[general]
status_path = "${join(folder, 'status')}"
[pair feed]
a = "away"
b = "home"
collections = null
conflict_resolution = "a wins"
[storage away]
type = "http"
url = "${url}"
[storage home]
type = "filesystem"
path = "${join(folder, 'calendar')}"
fileext = ".ics"
`;
}

/** Radicale asks for a name, and here for no password. */
const asAnna = { authorization: `Basic ${Buffer.from('anna:anna').toString('base64')}` };

async function startRadicale(folder: string): Promise<{ url: string; server: ChildProcess }> {
  const port = await freePort();
  const config = join(folder, 'radicale');
  writeFileSync(
    config,
    `[server]
hosts = 127.0.0.1:${port}
[auth]
type = none
[rights]
type = authenticated
[storage]
filesystem_folder = ${join(folder, 'collections')}
[logging]
level = error
`,
  );
  const server = spawn('radicale', ['--config', config], { stdio: 'ignore' });
  const root = `http://127.0.0.1:${port}/`;
  const giveUpAt = performance.now() + 20_000;
  // oxlint-disable-next-line no-await-in-loop -- asked again until it answers
  while (!(await fetch(`${root}anna/`, { method: 'PROPFIND', headers: asAnna }).catch(() => null))) {
    if (performance.now() > giveUpAt) throw new Error('Radicale did not start');
    // oxlint-disable-next-line no-await-in-loop
    await after(100);
  }
  return { url: `${root}anna/feed/`, server };
}

/** What a CalDAV server finds in the minute that begins then. */
async function eventsAt(url: string, moment: number): Promise<ReadEvent[]> {
  const time = (instant: number) => new Date(instant).toISOString().replaceAll(/[-:]|\.\d+/gu, '');
  const answer = await fetch(url, {
    method: 'REPORT',
    headers: { ...asAnna, 'content-type': 'application/xml', depth: '1' },
    body: `<C:calendar-query xmlns:D="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav"><D:prop><C:calendar-data/></D:prop>
<C:filter><C:comp-filter name="VCALENDAR"><C:comp-filter name="VEVENT">
<C:time-range start="${time(moment)}" end="${time(moment + 60_000)}"/>
</C:comp-filter></C:comp-filter></C:filter></C:calendar-query>`,
  });
  const xml = await answer.text();
  return [...xml.matchAll(/<(?:\w+:)?calendar-data>(.*?)<\/(?:\w+:)?calendar-data>/gsu)].flatMap((match) =>
    readByIcalJs(fromXml(match[1]!)),
  );
}

function fromXml(text: string): string {
  const named: Readonly<Record<string, string>> = {
    lt: '<',
    gt: '>',
    quot: '"',
    apos: "'",
    amp: '&',
    '#13': '\r',
  };
  return text.replaceAll(/&(lt|gt|quot|apos|amp|#13);/gu, (_, name: string) => named[name]!);
}

function asKhalShows({ uid, status, summary, location, startsAt, endsAt }: ReadEvent): string {
  const times = [localTime(startsAt), localTime(endsAt).slice(11)];
  return [...times, uid, `${status} `, oneLine(summary), oneLine(location)].join('|');
}

function withoutUid(line: string): string {
  return line.split('|').toSpliced(2, 1).join('|');
}

function oneLine(text: string): string {
  return text.replaceAll('\n', ' ');
}

/** A moment as the clocks in Sweden show it: `2027-03-28 09:30`. */
function localTime(instant: number): string {
  return new Date(instant).toLocaleString('sv-SE', { timeZone: zone }).slice(0, 16);
}

function compare(shown: readonly string[], wanted: readonly string[]): string[] {
  const lines = shown.filter((line) => line.trim() !== '');
  return [
    ...wanted.filter((line) => !lines.includes(line)).map((line) => `not shown: ${line}`),
    ...lines.filter((line) => !wanted.includes(line)).map((line) => `shown: ${line}`),
    ...(lines.length === wanted.length ? [] : [`${lines.length} events instead of ${wanted.length}`]),
  ];
}
