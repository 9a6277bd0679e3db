import type { FastifyReply } from 'fastify';
import { Refused } from '../../shared/core/refusal.ts';
import { notFound } from '../../shared/core/refusals.ts';
import * as contract from '../../shared/messages/contract.ts';
import { noMailServer, nothingToChoose, programmeHidden } from '../../shared/messages/refusals.ts';
import { conferenceForActor, type ConferenceRow } from '../conference/queries.ts';
import { csvOf } from '../core/csv.ts';
import type { App } from '../core/http/app-type.ts';
import { attachment } from '../core/http/attachment.ts';
import { serve, serveChange } from '../core/http/serve.ts';
import type { Db } from '../core/statement.ts';
import { countAttendees } from '../people/queries.ts';
import { whatIsOpen } from './choosing-letters.ts';
import { composeLetter, contentOf, type LetterRow } from './compose.ts';
import type { Content } from './content.ts';
import { htmlOf } from './letter-html.ts';
import { textOf } from './letter-text.ts';
import {
  editLetterRules,
  handleLetters,
  noteLettersExported,
  noteLettersWritten,
  retryLetters,
  writeToOne,
} from './outbox-commands.ts';
import {
  countLetters,
  countWithoutMail,
  letterOf,
  lettersIn,
  listOutbox,
  listToInvite,
  listUndecided,
  rulesOf,
} from './outbox-queries.ts';
import { createPostOffice } from './post-office.ts';
import { inventedFacts, type Office } from './reader-queries.ts';
import { reminderRoutes } from './reminders.ts';

export default function routes(app: App): void {
  const { store, clock, config, log } = app;
  const postOffice = createPostOffice({ store, clock, config, log });
  app.decorate('postOffice', postOffice);
  app.addHook('onClose', () => postOffice.stop());
  outboxRoutes(app);
  letterRoutes(app);
  reminderRoutes(app);
}

function outboxRoutes(app: App): void {
  serve(app, contract.listLetters, (call) => {
    const { db, query, now } = call;
    const conference = conferenceForActor(call, call.params.slug);
    const counts = countLetters(db, conference.id);
    const open = whatIsOpen({ conference, now });
    const { receipts, reminders, replyTo } = rulesOf(db, conference.id);
    return {
      items: listOutbox(db, conference.id, query),
      total: counts[query.state],
      counts,
      post: app.postOffice.status(),
      rules: { receipts, reminders, replyTo },
      audience: {
        attendees: countAttendees(db, conference.id),
        withoutMail: countWithoutMail(db, conference.id),
        uninvited: listToInvite(db, conference.id, false).length,
        undecided: open && listUndecided(db, conference.id, open).length,
      },
    };
  });

  serve(app, contract.sendLetters, async (call) => {
    const { db, body, now } = call;
    const conference = conferenceForActor(call, call.params.slug);
    if (conference.publishedAt === null) throw new Refused(programmeHidden());
    const people = peopleFor(db, conference, body, now);
    let written = 0;
    await app.store.writeInSlices(call.actor, people, (change, attendeeId) => {
      if (writeToOne(change, conference.id, body.letter, attendeeId)) written++;
    });
    await app.store.write(call.actor, (change) => noteLettersWritten(change, conference.id, written));
    return { written };
  });

  serveChange(app, contract.retryLetters, (change, { params, body }) => {
    const { id } = conferenceForActor(change, params.slug);
    if (!app.postOffice.status().hasServer) throw new Refused(noMailServer());
    return retryLetters(change, id, body.letters);
  });

  serveChange(app, contract.handleLetters, (change, { params, body }) =>
    handleLetters(change, conferenceForActor(change, params.slug).id, body),
  );

  serveChange(app, contract.editLetterRules, (change, { params, body }) =>
    editLetterRules(change, conferenceForActor(change, params.slug).id, body),
  );

  serve(app, contract.exportLetters, async (call) => {
    const { db, now, query } = call;
    const { id, slug } = conferenceForActor(call, call.params.slug);
    const office = officeOf(app, now);
    const rows = lettersIn(db, id, query.state).flatMap((row) => {
      const composed = composeLetter(db, office, row);
      if (!composed?.content) return [];
      const { reader, facts, content } = composed;
      return [[reader.name, reader.mail, content.subject, textOf(content), facts.newLink, row.messageId]];
    });
    await app.store.write(call.actor, (change) => noteLettersExported(change, id, rows.length));
    const inSwedish = call.language === 'sv';
    const header = inSwedish
      ? ['Namn', 'E-post', 'Ämne', 'Text', 'Personlig länk', 'Brev']
      : ['Name', 'E-mail', 'Subject', 'Text', 'Personal link', 'Letter'];
    void call.reply.header(
      'content-disposition',
      attachment(`${inSwedish ? 'brev' : 'letters'}-${slug}.csv`),
    );
    return csvOf(header, rows);
  });
}

function peopleFor(
  db: Db,
  conference: ConferenceRow,
  { letter, again }: { readonly letter: 'invitation' | 'nudge'; readonly again: boolean },
  now: number,
): string[] {
  if (letter === 'invitation') return listToInvite(db, conference.id, again);
  const open = whatIsOpen({ conference, now });
  if (open === null) throw new Refused(nothingToChoose());
  return listUndecided(db, conference.id, open);
}

function letterRoutes(app: App): void {
  serve(app, contract.readLetter, (call) => {
    const content = composed(app, call, call.params)?.content;
    return { content: content ? { subject: content.subject, text: textOf(content) } : null };
  });

  serve(app, contract.showLetter, (call) => {
    const letter = composed(app, call, call.params);
    if (!letter?.content) throw new Refused(notFound());
    return letterPage(call.reply, letter.content, letter.facts.language);
  });

  serve(app, contract.previewLetter, (call) => {
    const conference = conferenceForActor(call, call.params.slug);
    const { language } = call.query;
    const facts = inventedFacts(call.db, { url: app.config.url, now: call.now }, conference, language);
    const content = contentOf(facts, call.params.letter, {});
    if (!content) throw new Refused(nothingToChoose());
    return letterPage(call.reply, content, language);
  });
}

function composed(
  app: App,
  asking: Parameters<typeof conferenceForActor>[0] & { readonly now: number },
  { slug, letterId }: { readonly slug: string; readonly letterId: string },
) {
  const { id } = conferenceForActor(asking, slug);
  const row: LetterRow | undefined = letterOf(asking.db, id, letterId);
  if (!row) throw new Refused(notFound());
  return composeLetter(asking.db, officeOf(app, asking.now), row);
}

function officeOf({ store, config }: App, now: number): Office {
  return { deriving: store, url: config.url, now };
}

/** A letter's styles are in its elements, as mail programs want them. Here it is shut in: nothing runs, nothing is fetched. */
const letterPolicy =
  "default-src 'none';style-src 'unsafe-inline';frame-ancestors 'self';base-uri 'none';form-action 'none';sandbox";

function letterPage(reply: FastifyReply, content: Content, language: 'sv' | 'en'): string {
  void reply.header('content-security-policy', letterPolicy).header('x-frame-options', 'SAMEORIGIN');
  return htmlOf(content, language);
}
