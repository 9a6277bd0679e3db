import ICAL from 'ical.js';
import { type ParameterValue, sync, type VEvent } from 'node-ical';

/** An event as a calendar program understands it; instants in milliseconds. */
export interface ReadEvent {
  readonly uid: string;
  readonly sequence: number;
  readonly status: string;
  readonly summary: string;
  readonly location: string;
  readonly description: string;
  readonly url: string;
  readonly startsAt: number;
  readonly endsAt: number;
}

/** Reads a calendar strictly with ical.js (Thunderbird's), with the zones that the calendar declares itself and no others. */
export function readByIcalJs(text: string): ReadEvent[] {
  const calendar = new ICAL.Component(ICAL.parse(text) as unknown[]);
  const zones = declaredZones(calendar);
  return calendar.getAllSubcomponents('vevent').map((event) => {
    const value = (name: string) => String(event.getFirstPropertyValue(name) ?? '');
    const instant = (name: string) => {
      const property = event.getFirstProperty(name)!;
      const time = property.getFirstValue() as ICAL.Time;
      const tzid = property.getParameter('tzid') as string | undefined;
      if (tzid !== undefined) {
        const zone = zones.get(tzid);
        if (!zone) throw new Error(`${tzid} is not declared`);
        time.zone = zone;
      }
      return time.toUnixTime() * 1000;
    };
    return {
      uid: value('uid'),
      sequence: Number(value('sequence')),
      status: value('status'),
      summary: value('summary'),
      location: value('location'),
      description: value('description'),
      url: value('url'),
      startsAt: instant('dtstart'),
      endsAt: instant('dtend'),
    };
  });
}

export function zonesIn(text: string): string[] {
  return [...declaredZones(new ICAL.Component(ICAL.parse(text) as unknown[])).keys()];
}

function declaredZones(calendar: ICAL.Component): Map<string, ICAL.Timezone> {
  return new Map(
    calendar.getAllSubcomponents('vtimezone').map((component) => {
      const zone = new ICAL.Timezone(component);
      return [zone.tzid, zone];
    }),
  );
}

/** Reads a calendar with node-ical, whose parser and zones are its own. */
export function readByNodeIcal(text: string): ReadEvent[] {
  return Object.values(sync.parseICS(text))
    .filter((component): component is VEvent => component?.type === 'VEVENT')
    .map((event) => ({
      uid: event.uid,
      sequence: Number(event.sequence),
      status: event.status ?? '',
      summary: textOf(event.summary),
      location: textOf(event.location),
      description: textOf(event.description),
      url: textOf(event.url),
      startsAt: event.start.getTime(),
      endsAt: event.end!.getTime(),
    }));
}

/** A value without its parameters. */
function textOf(value: ParameterValue | undefined): string {
  return value === undefined ? '' : typeof value === 'string' ? value : value.val;
}

/** What RFC 5545 asks of the octets: CRLF after every line and no other break or control, at most 75 octets, no character split. */
export function faultsOfLines(octets: Buffer): string[] {
  const text = octets.toString('utf8');
  const lines = text.split('\r\n');
  return [
    ...(Buffer.from(text).equals(octets) ? [] : ['not UTF-8']),
    ...(lines.pop() === '' ? [] : ['no break after the last line']),
    ...lines.flatMap((line, i) => {
      const broken = line.includes('\uFFFD') || /[\p{Cc}\u2028\u2029]/u.test(line.replaceAll('\t', ''));
      const long = Buffer.byteLength(line) > 75;
      return [
        ...(broken ? [`line ${i + 1} has a control character`] : []),
        ...(long ? [`line ${i + 1} is long`] : []),
      ];
    }),
  ];
}
