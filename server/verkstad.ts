import { readFileSync, writeFileSync, writeSync } from 'node:fs';
import { parseArgs } from 'node:util';
import type { Problem } from '../shared/core/refusal.ts';
import { buildApp } from './app.ts';
import { listConferencesOf } from './conference/queries.ts';
import { backUp, restore } from './core/backup.ts';
import { type Config, readConfig } from './core/config.ts';
import { callAsOperator, listenForOperator } from './core/control.ts';
import { csvOf } from './core/csv.ts';
import { dataFolder, readKey } from './core/data-folder.ts';
import { openForReading } from './core/database.ts';
import { StartRefused } from './core/start-refused.ts';
import type { Db } from './core/statement.ts';
import { deriveToken } from './core/tokens.ts';
import { carryOverSequences } from './calendars/sequences.ts';
import { keyFits, personalLink, personalToken } from './people/links.ts';
import { listAttendeesWithLinks } from './people/queries.ts';
import { instanceOf, planningFacts } from './planning/facts-queries.ts';
import { instanceFile } from './planning/instance-file.ts';
import { eraseAgain, type Erased, listErased } from './overview/erasure-commands.ts';
import { whatIsBroken } from './overview/verify.ts';
import { openStore } from './store.ts';

/**
 * npm run --silent verkstad -- <command> : the operator's work without a browser. What only reads (links, export, backup, verify) runs
 * whether a server does or not; what writes goes through the running server, or takes its place for the moment.
 * Exit codes: 0 done · 1 refused or something is broken, and what · 3 another process has the data folder.
 */
const usage = `usage: npm run --silent verkstad -- <command>
  organiser <name> <mail> [--host name]           adds an organiser, and the host where it is new, and makes their sign-in link
  sign-in-link [--organiser mail] [--host slug]   a link that signs an organiser in once, within ten minutes
  links [--conference slug] [--out file]          everybody's personal link, as CSV: attendee,name,token,link
  import attendees <file> [--conference slug]     adds people from a CSV of name, mail, organisation: all or nobody
  export attendees|instance [--conference slug] [--out file]
  backup [file]                                   copies the database, beside a running server too
  restore <file>                                  puts a backup in the database's place; the server must be stopped
  verify                                          checks everything that must be true of the data folder
The data folder is named by VERKSTAD_DATA (./data).`;

const options = {
  conference: { type: 'string' },
  host: { type: 'string' },
  organiser: { type: 'string' },
  out: { type: 'string' },
} as const;

interface Work {
  readonly config: Config;
  /** What stands after the command. */
  readonly given: readonly string[];
  readonly options: { readonly [name in keyof typeof options]?: string | undefined };
}

const commands: Readonly<Record<string, (work: Work) => number | Promise<number>>> = {
  organiser: addOrganiser,
  'sign-in-link': signInLink,
  links,
  import: importFile,
  export: exportFile,
  backup,
  restore: restoreFile,
  verify,
};

process.umask(0o077);
process.exitCode = await run(process.argv.slice(2)).catch((error: unknown) => {
  if (!(error instanceof StartRefused)) throw error;
  process.stderr.write(`${error.message}\n`);
  return error.exitCode;
});

async function run(args: readonly string[]): Promise<number> {
  let parsed;
  try {
    parsed = parseArgs({ args: [...args], options, allowPositionals: true });
  } catch (error) {
    throw new StartRefused(`${error instanceof Error ? error.message : String(error)}\n${usage}`);
  }
  const [name, ...given] = parsed.positionals;
  const command = name === undefined ? undefined : commands[name];
  if (!command) throw new StartRefused(usage);
  return command({ config: readConfig(process.env), given, options: parsed.values });
}

async function addOrganiser({ config, given, options }: Work): Promise<number> {
  const [name, mail] = given;
  if (name === undefined || mail === undefined || given.length > 2) throw new StartRefused(usage);
  return printSignInLink(config, '/api/operator/organisers', { name, mail, host: options.host });
}

function signInLink({ config, options }: Work): Promise<number> {
  const { organiser: mail, host } = options;
  return printSignInLink(config, '/api/operator/sign-in-links', { mail, host });
}

async function printSignInLink(config: Config, path: string, body: unknown): Promise<number> {
  const answer = await asOperator<{ link: string; name: string; host: string }>(config, path, body);
  process.stderr.write(`Signs ${answer.name}, ${answer.host}, in once, within ten minutes:\n`);
  print(`${answer.link}\n`);
  return 0;
}

function links({ config, options }: Work): number {
  return reading(config, (db) => {
    const key = readKey(dataFolder(config.dataDir, config.keyFile));
    const deriving = {
      deriveToken: (
        ...parts: Parameters<typeof deriveToken> extends [Buffer, ...infer Rest] ? Rest : never
      ) => deriveToken(key, ...parts),
    };
    const rows = listAttendeesWithLinks(db, conferenceNamed(db, options.conference).id).map((attendee) => [
      attendee.id,
      attendee.name,
      personalToken(deriving, attendee),
      personalLink(deriving, config.url, attendee),
    ]);
    return put(options.out, csvOf(['attendee', 'name', 'token', 'link'], rows));
  });
}

async function importFile({ config, given, options }: Work): Promise<number> {
  const [what, file] = given;
  if (what !== 'attendees' || file === undefined || given.length > 2) throw new StartRefused(usage);
  const slug = reading(config, (db) => conferenceNamed(db, options.conference).slug);
  const answer = await asOperator<{ added: number; alreadyThere: number }>(
    config,
    `/api/conferences/${slug}/attendee-imports`,
    { text: readText(file) },
  );
  print(`${answer.added} added, ${answer.alreadyThere} were there already.\n`);
  return 0;
}

function exportFile({ config, given, options }: Work): number {
  const [what] = given;
  if ((what !== 'attendees' && what !== 'instance') || given.length > 1) throw new StartRefused(usage);
  return reading(config, (db) => {
    const { id } = conferenceNamed(db, options.conference);
    if (what === 'instance') {
      const facts = planningFacts(db, id);
      const instance = instanceFile(instanceOf(facts, { objective: 'ranks', timetable: 'free' }));
      return put(options.out, `${JSON.stringify(instance)}\n`);
    }
    const rows = listAttendeesWithLinks(db, id).map(({ name, mail, organisation }) => [
      name,
      mail,
      organisation,
    ]);
    return put(options.out, csvOf(['name', 'mail', 'organisation'], rows));
  });
}

function backup({ config, given }: Work): number {
  if (given.length > 1) throw new StartRefused(usage);
  const file = backUp({ dataDir: config.dataDir, file: given[0], now: Date.now(), check: whatIsBroken });
  const { key } = dataFolder(config.dataDir, config.keyFile);
  print(`${file}\n`);
  process.stderr.write(
    `The key ${key} is not in the backup: keep a copy of it somewhere else. Without it every personal link and calendar address ends.\n`,
  );
  return 0;
}

async function restoreFile({ config, given }: Work): Promise<number> {
  const [file] = given;
  if (file === undefined || given.length > 1) throw new StartRefused(usage);
  const { dataDir, keyFile } = config;
  const erased: Erased[] = [];
  const kept = restore({
    dataDir,
    keyFile,
    file,
    now: Date.now(),
    check: whatIsBroken,
    fitsKey: keyFits,
    carryOver: (restored, replaced) => {
      erased.push(...listErased(replaced));
      carryOverSequences(restored, replaced, Date.now());
    },
  });
  const again = await erasedAgain(config, erased);
  print(`Restored ${file}.\n`);
  if (again > 0) process.stderr.write(`Erased again since the backup holds them: ${again}.\n`);
  if (kept !== null) process.stderr.write(`What was there before lies in ${kept}.\n`);
  return 0;
}

/** Who was erased stays erased, whatever the backup says. */
async function erasedAgain({ dataDir, keyFile }: Config, people: readonly Erased[]): Promise<number> {
  if (people.length === 0) return 0;
  const store = openStore({ dataDir, keyFile });
  try {
    return await store.write({ kind: 'operator' }, (change) => eraseAgain(change, people));
  } finally {
    await store.close();
  }
}

function verify({ config }: Work): number {
  const { db, sqlite, close } = openForReading(config.dataDir);
  try {
    const damage = sqlite.prepare('PRAGMA integrity_check').pluck().all() as string[];
    const key = readKey(dataFolder(config.dataDir, config.keyFile));
    const broken = [
      ...damage.filter((line) => line !== 'ok').map((line) => `the file is damaged: ${line}`),
      ...whatIsBroken(db),
      ...(keyFits(db, key) ? [] : ['the key is not the one that the personal links were derived from']),
    ];
    for (const sentence of broken) print(`${sentence}\n`);
    if (broken.length === 0) print('Everything agrees.\n');
    return broken.length === 0 ? 0 : 1;
  } finally {
    close();
  }
}

function reading<T>(config: Config, read: (db: Db) => T): T {
  const { db, close } = openForReading(config.dataDir);
  try {
    return read(db);
  } finally {
    close();
  }
}

/** The conference of that slug, or the only one. */
function conferenceNamed(db: Db, slug: string | undefined): { id: string; slug: string } {
  const all = listConferencesOf({ db, actor: { kind: 'operator' } });
  const found = all.filter((conference) => slug === undefined || conference.slug === slug);
  if (found[0] && found.length === 1) return found[0];
  throw new StartRefused(
    all.length === 0
      ? 'There is no conference here yet.'
      : `Name one conference with --conference: ${all.map((conference) => conference.slug).join(', ')}.`,
  );
}

/** Posts as the operator: to the running server through its socket, or to one that listens on that socket only, for this call. */
async function asOperator<Answer>(config: Config, path: string, body: unknown): Promise<Answer> {
  const { control } = dataFolder(config.dataDir, config.keyFile);
  const post = () => callAsOperator(control, 'POST', path, body);
  const { status, body: text } = await post().catch((error: unknown) => {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code !== 'ENOENT' && code !== 'ECONNREFUSED') throw error;
    return withoutServer(config, post);
  });
  const answer = JSON.parse(text) as Answer | Problem;
  if (status >= 400) throw new StartRefused((answer as Problem).messages.en);
  return answer as Answer;
}

async function withoutServer<T>(config: Config, call: () => Promise<T>): Promise<T> {
  const store = openStore({ dataDir: config.dataDir, keyFile: config.keyFile });
  const app = buildApp({ store, config });
  try {
    await app.ready();
    app.readiness.state = 'ready';
    const server = await listenForOperator(app);
    if (!server)
      throw new StartRefused(
        `The path of ${config.dataDir} is too long for a socket. Move the data folder to a shorter path.`,
      );
    try {
      return await call();
    } finally {
      server.close();
      server.closeAllConnections();
    }
  } finally {
    await app.close();
    await store.close();
  }
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new StartRefused(
      `${file} cannot be read: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}

function put(file: string | undefined, text: string): number {
  if (file === undefined) print(text);
  else writeFileSync(file, text, { mode: 0o600 });
  return 0;
}

/** Writes all of it before the process may end, also into a pipe. */
function print(text: string): void {
  const bytes = Buffer.from(text);
  for (let sent = 0; sent < bytes.length;) {
    try {
      sent += writeSync(1, bytes, sent);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') throw error;
    }
  }
}
