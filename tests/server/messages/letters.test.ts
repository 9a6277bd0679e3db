import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { changeStage, editSettings } from '../../../server/conference/commands.ts';
import type { Change } from '../../../server/core/change.ts';
import type { Letter } from '../../../server/core/outbox.ts';
import { contentOf } from '../../../server/messages/compose.ts';
import { htmlOf } from '../../../server/messages/letter-html.ts';
import { textOf } from '../../../server/messages/letter-text.ts';
import { factsOf } from '../../../server/messages/reader-queries.ts';
import { attendeeRowOf } from '../../../server/people/queries.ts';
import { addPlenary } from '../../../server/programme/plenary-commands.ts';
import { moveSession, removeSession } from '../../../server/programme/session-commands.ts';
import { openStore } from '../../../server/store.ts';
import { takeSeat } from '../../../server/registration/picks-commands.ts';
import { joinQueue } from '../../../server/registration/waitlist-commands.ts';
import { castBallot } from '../../../server/registration/ballots-commands.ts';
import { type LetterKind, letterKinds } from '../../../shared/core/letters.ts';
import { type Language, languages } from '../../../shared/core/language.ts';
import { fromIso } from '../../../shared/core/time.ts';
import { aCast, aProgramme, operator, place } from '../../support/cast.ts';
import { testClock } from '../../support/clock.ts';

/**
 * Every letter to Karin as it would go out in each language: what people read is looked at here, and changes of it are seen in review.
 * She has W1 in pass 1 and W2 in pass 2, and waits for W4 in pass 1; W15 in pass 3 was given once.
 */
async function everyLetter() {
  const clock = testClock();
  const store = openStore({ dataDir: mkdtempSync(join(tmpdir(), 'verkstad-test-')), clock });
  const cast = await aCast(store);
  const programme = await aProgramme(store, cast);
  const { w1, w2, w4, w15, pass1, pass2, pass3, vattern, hjalmaren, roxen, siljan, malaren } = programme;
  const [a, b, c, d] = await place(store, cast, [
    [w1, pass1, vattern],
    [w2, pass2, hjalmaren],
    [w4, pass1, roxen],
    [w15, pass3, siljan],
  ]);
  const { conferenceId } = cast;
  const { id } = cast.attendees.karin;
  const organise = <T>(command: (change: Change) => T) => store.write(operator, command);
  await organise((change) => {
    addPlenary(change, conferenceId, {
      kind: 'talk',
      title: 'Inledning',
      place: 'Aulan',
      startsAt: '2026-12-12T09:00',
      endsAt: '2026-12-12T09:20',
    });
    editSettings(change, conferenceId, {
      windows: {
        wishes: { opensAt: '2026-11-01T08:00:00.000Z', closesAt: '2026-12-02T16:00:00.000Z' },
        picks: { opensAt: '2026-11-01T08:00:00.000Z', closesAt: '2026-12-11T16:00:00.000Z' },
      },
    });
    changeStage(change, conferenceId, 'wishes');
    castBallot(change, { conferenceId, attendeeId: id, wishes: ['W3', 'W1', 'W15'] });
    changeStage(change, conferenceId, 'picks');
    takeSeat(change, { conferenceId, attendeeId: id, passId: pass1, sessionId: a! });
    takeSeat(change, { conferenceId, attendeeId: id, passId: pass2, sessionId: b! });
    removeSession(change, conferenceId, d!);
    moveSession(change, conferenceId, a!, { roomId: malaren });
    joinQueue(change, { conferenceId, attendeeId: id, passId: pass1, sessionId: c!, workshopId: w4 });
  });
  const startsAt = fromIso('2026-12-12T08:30:00.000Z');
  const endsAt = fromIso('2026-12-12T09:15:00.000Z');
  const samples: { readonly [Kind in Letter['letter']]: Extract<Letter, { letter: Kind }>['data'] } = {
    invitation: {},
    nudge: {},
    receipt: {},
    reminder: {},
    'personal-link': {},
    'moved-up': { moves: [{ pass: pass2, from: c!, to: b! }] },
    'moved-by-plan': {
      moves: [
        { pass: pass1, from: null, to: a! },
        { pass: pass3, from: d!, to: null },
      ],
    },
    'passed-over': {
      session: c!,
      code: 'W4',
      reason: { sv: 'Du hade haft den två gånger.', en: 'You would have had it twice.' },
    },
    'seat-restored': { moves: [{ pass: pass2, from: null, to: b! }] },
    'seat-exchanged': { moves: [{ pass: pass2, from: c!, to: b! }] },
    'queue-ended': { session: d!, workshop: w15 },
    'seat-freed-to-present': { session: c!, presents: b! },
    'session-cancelled': { title: 'W15 Workshop W15', startsAt, endsAt, place: 'Siljan' },
    'day-changed': { changes: [{ session: a!, before: { startsAt, endsAt, place: 'Vättern' } }] },
  };
  return { store, clock, cast, samples };
}

let setting: Awaited<ReturnType<typeof everyLetter>>;

beforeAll(async () => {
  setting = await everyLetter();
  return async () => {
    await setting.store.close();
    rmSync(setting.store.folder.path, { recursive: true });
  };
});

function contentFor(letter: LetterKind, language: Language) {
  const { store, clock, cast, samples } = setting;
  // Who is reminded to choose has not chosen.
  const reader = letter === 'nudge' ? cast.attendees.oscar : cast.attendees.karin;
  const office = { deriving: store, url: 'https://verkstad.example', now: clock.now() };
  const row = { ...attendeeRowOf(store.db, cast.conferenceId, reader.id), language };
  return contentOf(factsOf(store.db, office, row), letter, { ...samples[letter] })!;
}

/** Tokens differ from one installation to the next. */
function withoutTokens(text: string): string {
  return text
    .replaceAll(/(\/me\/|\/calendar\/)[\w-]{32}/gu, '$1TOKEN')
    .replaceAll(/\/letters\/[0-9a-z]{14}\/[\w-]{32}/gu, '/letters/ATTENDEE/TOKEN');
}

const all = letterKinds.flatMap((letter) => languages.map((language) => [letter, language] as const));

it.each(all)('%s in %s reads as it did', async (letter, language) => {
  const content = contentFor(letter, language);
  const text = withoutTokens(`${content.subject}\n\n${textOf(content)}`);
  await expect(text).toMatchFileSnapshot(`../../golden/letters/${letter}.${language}.txt`);
});

it.each(['receipt', 'day-changed', 'reminder'] as const)('%s looks as it did', async (letter) => {
  const html = withoutTokens(htmlOf(contentFor(letter, 'sv'), 'sv'));
  await expect(html).toMatchFileSnapshot(`../../golden/letters/${letter}.sv.html`);
});

it.each(all)('%s in %s says the same in HTML as in text, and fetches nothing', (letter, language) => {
  const content = contentFor(letter, language);
  const html = htmlOf(content, language);
  const words = (text: string) => text.replaceAll(/\s+/gu, ' ');
  const read = words(
    html
      .replace(/<head>.*<\/head>/su, '')
      .replaceAll(/<[^>]+>/gu, ' ')
      .replaceAll('&nbsp;', ' '),
  );
  for (const line of textOf(content)
    .split('\n')
    .filter((each) => /\p{L}{3}/u.test(each) && !each.startsWith('http')))
    for (const part of line.replace(/^\d+\. |^[^:]+: (?=http)/u, '').split(/\s{2,}|:$/u))
      expect(read).toContain(words(part.replace(/https:\S+/u, '')).trim());
  expect(html).not.toMatch(/<(?:img|script|link|iframe)|url\(|\bsrc=/iu);
});

it('a letter can be turned off where it only reminds, not where it is about a seat', () => {
  const optional = letterKinds.filter((letter) => contentFor(letter, 'sv').unsubscribe !== null);
  expect(optional).toEqual(['nudge', 'reminder']);
});

it('what people typed is shown as they typed it, and is no markup', () => {
  const content = contentFor('receipt', 'sv');
  const html = htmlOf({ ...content, subject: `<script>alert("x")</script> & 'y'` }, 'sv');
  expect(html).toContain('&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt; &amp; &#39;y&#39;');
  expect(html).not.toContain('<script>');
});
