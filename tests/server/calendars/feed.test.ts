import { afterEach, describe, expect, it } from 'vitest';
import { calendarText, type Entry, type Feed } from '../../../server/calendars/feed.ts';
import { fromIso } from '../../../shared/core/time.ts';
import { faultsOfLines, readByIcalJs, zonesIn } from '../../support/calendars/readings.ts';

const zone = process.env['TZ'];
afterEach(() => {
  if (zone === undefined) delete process.env['TZ'];
  else process.env['TZ'] = zone;
});

function entry(different: Partial<Entry> = {}): Entry {
  return {
    uid: '4q7m2x9d1k8w3n',
    sequence: 0,
    changedAt: fromIso('2026-11-01T07:00:00.000Z'),
    startsAt: fromIso('2026-12-12T09:00:00.000Z'),
    endsAt: fromIso('2026-12-12T09:45:00.000Z'),
    title: 'W3 Folkhälsa och tillväxt',
    place: 'Vättern',
    description: 'Karin Ek, Oscar Lind\n\nHur hänger de ihop?',
    url: 'https://verkstad.example/c/utsikt-ar-insikt#W3',
    cancelled: false,
    ...different,
  };
}

function feed(entries: readonly Entry[], different: Partial<Feed> = {}): Feed {
  return {
    name: 'Utsikt är insikt',
    language: 'sv',
    timeZone: 'Europe/Stockholm',
    source: 'https://verkstad.example/c/utsikt-ar-insikt/programme.ics',
    page: 'https://verkstad.example/c/utsikt-ar-insikt',
    entries,
    ...different,
  };
}

describe('a calendar', () => {
  it('is the same whatever zone the server stands in', () => {
    const here = calendarText(feed([entry()]));
    process.env['TZ'] = 'Asia/Tokyo';
    expect(new Date(0).getTimezoneOffset()).toBe(-540);
    expect(calendarText(feed([entry()]))).toBe(here);
  });

  it('has CRLF after every line, none over 75 octets, and no character split', () => {
    const title = 'Så här gör vi 👩🏽‍🔬🧑‍🤝‍🧑 '.repeat(9).trim();
    const text = calendarText(feed([entry({ title, description: 'å'.repeat(400) })]));
    expect(faultsOfLines(Buffer.from(text))).toEqual([]);
    expect(text).toMatch(/\r\n .*\r\n /u);
    expect(readByIcalJs(text)[0]).toMatchObject({ summary: title, description: 'å'.repeat(400) });
  });

  it('keeps every text as it was, and what looks like iCalendar stays text', () => {
    const title = 'A\\B; C, D: "E"';
    const description = 'Rad ett\nEND:VEVENT\nBEGIN:VEVENT\nSUMMARY:Inbrott';
    const text = calendarText(
      feed([entry({ title, description, place: 'Sal 1; plan 2, hus B' })], { name: 'Ett, två; tre\\' }),
    );
    const events = readByIcalJs(text);
    expect(events).toHaveLength(1);
    expect(events[0]).toMatchObject({ summary: title, description, location: 'Sal 1; plan 2, hus B' });
    expect(text).toContain(String.raw`NAME:Ett\, två\; tre\\` + '\r\n');
  });

  it('says the local time of a zone that it declares, from 1970 and by yearly rules', () => {
    const text = calendarText(feed([entry()]));
    expect(text).toContain('DTSTART;TZID=Europe/Stockholm:20261212T100000\r\n');
    const events = readByIcalJs(text);
    expect(zonesIn(text)).toEqual(['Europe/Stockholm']);
    expect(text).toMatch(/DTSTART:1970\d{4}T\d{6}\r\nRRULE:FREQ=YEARLY/u);
    expect(text).not.toContain('RDATE');
    expect(events[0]?.startsAt).toBe(entry().startsAt);
  });

  it('has summer time right on both sides of the change', () => {
    const days = ['2027-03-27T09:00:00.000Z', '2027-03-29T08:00:00.000Z'].map(fromIso);
    const entries = days.map((startsAt, i) => entry({ uid: `u${i}`, startsAt, endsAt: startsAt + 1 }));
    const text = calendarText(feed(entries));
    expect(text.match(/DTSTART;TZID=Europe\/Stockholm:\d+T100000\r/gu)).toHaveLength(2);
    expect(readByIcalJs(text).map(({ startsAt }) => startsAt)).toEqual(days);
  });

  it('is in UTC where the zone is, and where its rules and ours disagree', () => {
    expect(calendarText(feed([entry()], { timeZone: 'UTC' }))).toContain('DTSTART:20261212T090000Z\r\n');
    expect(calendarText(feed([entry()], { timeZone: 'UTC' }))).not.toContain('VTIMEZONE');
    const events = readByIcalJs(calendarText(feed([entry()], { timeZone: 'Africa/Casablanca' })));
    expect(events[0]?.startsAt).toBe(entry().startsAt);
  });

  it('stamps the last change, in UTC, and never the present', () => {
    const text = calendarText(feed([entry({ sequence: 3 })]));
    expect(text).toContain('DTSTAMP:20261101T070000Z\r\n');
    expect(text).toContain('LAST-MODIFIED:20261101T070000Z\r\n');
    expect(text).toContain('SEQUENCE:3\r\n');
  });

  it('has all that is said of the calendar before the first thing in it', () => {
    const lines = calendarText(feed([entry()])).split('\r\n');
    const first = lines.findIndex((line) => line === 'BEGIN:VTIMEZONE');
    const after = lines.slice(first);
    let depth = 0;
    const loose = after.filter((line) => {
      if (line.startsWith('BEGIN:')) depth++;
      const isLoose = depth === 0 && line !== '' && line !== 'END:VCALENDAR';
      if (line.startsWith('END:')) depth--;
      return isLoose;
    });
    expect([first > 0, loose]).toEqual([true, []]);
  });

  it('says that something is cancelled in the status and in the title', () => {
    const cancelled = [entry({ cancelled: true })];
    expect(readByIcalJs(calendarText(feed(cancelled)))[0]).toMatchObject({
      status: 'CANCELLED',
      summary: 'INSTÄLLD: W3 Folkhälsa och tillväxt',
    });
    expect(readByIcalJs(calendarText(feed(cancelled, { language: 'en' })))[0]).toMatchObject({
      summary: 'CANCELLED: W3 Folkhälsa och tillväxt',
    });
    expect(readByIcalJs(calendarText(feed([entry()])))[0]).toMatchObject({ status: 'CONFIRMED' });
  });

  it('is a subscription: it says how often to ask and where, and invites nobody', () => {
    const text = calendarText(feed([entry()]));
    for (const line of [
      'REFRESH-INTERVAL;VALUE=DURATION:PT1H',
      'X-PUBLISHED-TTL:PT1H',
      'SOURCE;VALUE=URI:https://verkstad.example/c/utsikt-ar-insikt/programme.ics',
      'URL;VALUE=URI:https://verkstad.example/c/utsikt-ar-insikt#W3',
    ])
      expect(text).toContain(`${line}\r\n`);
    expect(text).not.toMatch(/METHOD|ORGANIZER|ATTENDEE/u);
  });

  it('without anything in it is a calendar all the same', () => {
    expect(readByIcalJs(calendarText(feed([])))).toEqual([]);
  });
});
