import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readByIcalJs, readByNodeIcal, type ReadEvent } from '../support/calendars/readings.ts';

/** Debian's own Python, for which its packages are; another one on the PATH would not have them. */
const python = '/usr/bin/python3';

export interface Parser {
  readonly name: string;
  /** Debian's packages; none where it comes with Verkstad's own development packages. */
  readonly packages: readonly string[];
  /** The events of a file. Throws where the parser does not accept it. */
  read(file: string): ReadEvent[];
}

export const parsers: readonly Parser[] = [
  { name: 'ical.js', packages: [], read: (file) => readByIcalJs(readFileSync(file, 'utf8')) },
  { name: 'node-ical', packages: [], read: (file) => readByNodeIcal(readFileSync(file, 'utf8')) },
  inPython('libical', 'libical3'),
  inPython('icalendar', 'python3-icalendar'),
  inPython('vobject', 'python3-vobject'),
];

function inPython(name: string, debian: string): Parser {
  const program = join(import.meta.dirname, 'parsers', `read-${name}.py`);
  return {
    name,
    packages: [debian],
    read: (file) =>
      JSON.parse(execFileSync(python, [program, file], { encoding: 'utf8', stdio: 'pipe' })) as ReadEvent[],
  };
}

/** The version of a Debian package; null where it is not installed. */
export function installed(debian: string): string | null {
  try {
    const words = ['-W', '-f', '${Status} ${Version}', debian];
    const answer = execFileSync('dpkg-query', words, {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    return /^install ok installed (.*)$/u.exec(answer)?.[1] ?? null;
  } catch {
    return null;
  }
}

/** In what a reading differs from the one expected; nothing where they are equal. */
export function differences(read: readonly ReadEvent[], expected: readonly ReadEvent[]): string[] {
  const byUid = new Map(read.map((event) => [event.uid, event]));
  return [
    ...(read.length === expected.length ? [] : [`${read.length} events instead of ${expected.length}`]),
    ...expected.flatMap((event) =>
      (Object.keys(event) as (keyof ReadEvent)[])
        .filter((key) => byUid.get(event.uid)?.[key] !== event[key])
        .map((key) => `${event.uid}: ${key} is ${JSON.stringify(byUid.get(event.uid)?.[key])}`),
    ),
  ];
}
