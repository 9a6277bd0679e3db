import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, test } from 'vitest';
import { LanguageContext } from '../../../client/core/language.ts';
import { PublicDocument } from '../../../client/overview/public-page.tsx';
import type { PublicPage } from '../../../shared/overview/public-page.ts';
import { aProgramme, aPublicPage } from '../../support/client/a-programme.ts';

const assets = { script: '/assets/live.js', styles: ['/assets/page.css'], fonts: ['/assets/text.woff2'] };

function drawn(page: PublicPage): string {
  return renderToStaticMarkup(
    <LanguageContext value={{ language: page.language, choose: () => {}, suggest: () => {} }}>
      <PublicDocument page={page} assets={assets} />
    </LanguageContext>,
  );
}

const structured = (html: string): { subEvent: { name: string; startDate: string }[] } =>
  JSON.parse(/<script type="application\/ld\+json">(.*?)<\/script>/su.exec(html)![1]!) as never;

describe('the public programme', () => {
  const html = drawn(aPublicPage());

  test('has every workshop with its title, room and time, without JavaScript', () => {
    for (const text of [
      'Klustersamarbete',
      'Smart spezialisation',
      'Sociala medier i praktiken',
      'Mälaren',
      '09.30–10.15',
      'Anna Lindberg',
    ])
      expect(html).toContain(text);
  });

  test('is subscribed to in one place and kept as a copy in another, once there is something in it', () => {
    const addresses = [...html.matchAll(/<a href="([^"]*programme\.ics[^"]*)"/gu)].map((match) => match[1]);
    expect(addresses).toEqual([
      'webcal://verkstad.example/c/utsikt-ar-insikt/programme.ics',
      '/c/utsikt-ar-insikt/programme.ics?download=1',
    ]);
    const empty = aPublicPage({ programme: { ...aProgramme(), sessions: [], passes: [], plenaries: [] } });
    expect(drawn(empty)).not.toMatch(/<a href="[^"]*\.ics/u);
  });

  test('has the workshops without a time too, and says so', () => {
    expect(html).toContain('Ännu utan tid');
    const all = aPublicPage({ programme: { ...aProgramme(), sessions: [], passes: [], plenaries: [] } });
    expect(drawn(all)).toContain('Smart spezialisation');
  });

  test('runs nothing inline and styles nothing inline: the content-security policy allows neither', () => {
    expect(html).not.toMatch(/\sstyle=/u);
    expect(html).not.toMatch(/\son[a-z]+=/u);
    const scripts = [...html.matchAll(/<script([^>]*)>/gu)].map((match) => match[1]);
    expect(scripts).toEqual([' type="module" src="/assets/live.js"', ' type="application/ld+json"']);
  });

  test('a title that ends a script ends nothing', () => {
    const placed = aPublicPage();
    const hostile = drawn({
      ...placed,
      programme: {
        ...placed.programme,
        sessions: [
          { ...placed.programme.sessions[0]!, id: 's4', workshop: 'w4', pass: 'p2', room: 'siljan' },
        ],
      },
    });
    expect(hostile).not.toContain('<script>alert');
    expect(structured(hostile).subEvent[0]!.name).toBe('W4 </script><script>alert(1)</script>');
  });

  test('describes itself for those who index it', () => {
    const { subEvent } = structured(html);
    expect(subEvent.map((event) => [event.name, event.startDate])).toEqual([
      ['W2 Smart spezialisation', '2026-12-12T09:30:00+01:00'],
      ['W10 Klustersamarbete', '2026-12-12T09:30:00+01:00'],
      ['W9 Sociala medier i praktiken', '2026-12-12T10:45:00+01:00'],
    ]);
    expect(html).toContain('<link rel="canonical" href="https://verkstad.example/c/utsikt-ar-insikt"/>');
  });

  test('has one address for each language, whatever the view', () => {
    const addresses = (page: PublicPage) =>
      [
        ...drawn(page).matchAll(/<link rel="(canonical|alternate)" (?:hrefLang="([^"]*)" )?href="([^"]*)"/gu),
      ].map((match) => [match[2] ?? match[1], match[3]]);
    const [sv, en] = [
      'https://verkstad.example/c/utsikt-ar-insikt',
      'https://verkstad.example/c/utsikt-ar-insikt?lang=en',
    ];
    const alternates = [
      ['sv', sv],
      ['en', en],
      ['x-default', sv],
    ];
    expect(addresses(aPublicPage({ view: 'room' }))).toEqual([['canonical', sv], ...alternates]);
    expect(addresses(aPublicPage({ language: 'en' }))).toEqual([['canonical', en], ...alternates]);
  });

  test('has an anchor for every session: the code, and a number where the workshop is given again', () => {
    const programme = aProgramme();
    const again = { id: 's2b', workshop: 'w2', pass: 'p2', room: 'siljan', seats: 40, taken: 0 };
    const html = drawn(
      aPublicPage({ programme: { ...programme, sessions: [...programme.sessions, again] } }),
    );
    const anchors = [...html.matchAll(/<li class="[^"]*" id="([^"]*)"><a [^>]*href="#([^"]*)"/gu)];
    expect(anchors.map((match) => match[1])).toEqual(['W2', 'W10', 'W2-2', 'W9', 'W4']);
    expect(anchors.every((match) => match[1] === match[2])).toBe(true);
  });

  test('can be read by room: each room with every pass, also those in which nothing is given there', () => {
    const html = drawn(aPublicPage({ view: 'room' }));
    const rooms = [...html.matchAll(/<h2[^>]*>([^<]*)<\/h2>/gu)].map((match) => match[1]);
    expect(rooms).toEqual(['Mälaren', 'Siljan']);
    expect(html.match(/href="\/c\/utsikt-ar-insikt#W\d+"/gu)).toHaveLength(3);
    expect(html.match(/Ingen workshop/gu)).toHaveLength(1);
    expect(html).toContain('href="/c/utsikt-ar-insikt/rooms/siljan.ics"');
    expect(html).toContain('href="?by=room" aria-current="page"'.replace('?', '/c/utsikt-ar-insikt?'));
  });

  test('can be read by topic, in the order of the alphabet, where workshops have topics', () => {
    const programme = aProgramme();
    const topics: Record<string, string[]> = { W2: ['Öppna data', 'Ägande'], W10: ['Åldrande'] };
    const workshops = programme.workshops.map((w) => ({ ...w, topics: topics[w.code] ?? [] }));
    const html = drawn(aPublicPage({ view: 'topic', programme: { ...programme, workshops } }));
    const headings = [...html.matchAll(/<h2[^>]*>([^<]*)<\/h2>/gu)].map((match) => match[1]);
    expect(headings).toEqual(['Åldrande', 'Ägande', 'Öppna data', 'Utan ämne']);
    const without = drawn(aPublicPage({ view: 'topic' }));
    expect(without).not.toContain('by=topic');
    expect(without).toContain('Pass 1');
  });

  test('speaks English where it is asked to, and links to the other language', () => {
    const english = drawn(aPublicPage({ language: 'en' }));
    expect(english).toContain('<html lang="en">');
    expect(english).toContain('09:30–10:15');
    expect(english).toContain('href="?lang=sv"');
    expect(html).toContain('href="?lang=en"');
  });

  test('an empty programme says what will come', () => {
    const none = { passes: [], rooms: [], workshops: [], sessions: [], plenaries: [] };
    expect(drawn(aPublicPage({ programme: none }))).toContain('Programmet är inte klart än');
  });
});
