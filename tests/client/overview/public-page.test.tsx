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
      ['W2 Smart spezialisation', '2026-12-12T08:30:00.000Z'],
      ['W10 Klustersamarbete', '2026-12-12T08:30:00.000Z'],
      ['W9 Sociala medier i praktiken', '2026-12-12T09:45:00.000Z'],
    ]);
    expect(html).toContain('<link rel="canonical" href="https://verkstad.example/c/utsikt-ar-insikt"/>');
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
