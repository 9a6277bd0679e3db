import { Refused, refuseIf } from '../../shared/core/refusal.ts';
import { notFound } from '../../shared/core/refusals.ts';
import { sameText } from '../../shared/core/same-text.ts';
import * as contract from '../../shared/people/contract.ts';
import type { SignedIn } from '../../shared/people/contract.ts';
import { organiserKnown, organiserUnknown } from '../../shared/people/refusals.ts';
import { hostForNewOrganiser } from '../conference/commands.ts';
import { conferenceById, conferenceForActor, listOrganisationsOf } from '../conference/queries.ts';
import { csvOf } from '../core/csv.ts';
import type { App } from '../core/http/app-type.ts';
import { attachment } from '../core/http/attachment.ts';
import { serve, serveChange } from '../core/http/serve.ts';
import { createAttempts } from '../core/http/attempts.ts';
import { hashToken } from '../core/tokens.ts';
import {
  addAttendee,
  chooseLanguage,
  editAttendee,
  noteLinksExported,
  renewPersonalLink,
} from './attendee-commands.ts';
import { compareWithKnown, readAttendeeList } from './attendee-list.ts';
import {
  dropSession,
  identifyActors,
  keepSession,
  refuseUnknownLink,
  sessionSecretOf,
  sweepOldSignIns,
} from './identify.ts';
import { importAttendees } from './import-commands.ts';
import { mailNewLinks } from './lost-link-commands.ts';
import { personalLink } from './links.ts';
import {
  attendeeByLink,
  attendeeByNextLink,
  attendeeOf,
  listOrganisers,
  listAttendees,
  listAttendeesWithLinks,
  listKnownPeople,
  signedInAs,
} from './queries.ts';
import {
  addOrganiser,
  createSignInLink,
  endSession,
  newSecret,
  spendSignInLink,
  startSession,
} from './sign-in-commands.ts';

export default function routes(app: App): void {
  identifyActors(app);
  sweepOldSignIns(app);
  sessionRoutes(app);
  ownRoutes(app);
  attendeeRoutes(app);
  linkRoutes(app);
}

/** Letters with links that go out in ten minutes: asked for from one address, which a whole venue may share, and in all. */
const mostAsked = { ofAddress: 60, ofAll: 600 };

/** Secrets are made and handed out here, past the kept answers of Idempotency-Key: only their hashes may be stored. */
function sessionRoutes(app: App): void {
  serve(app, contract.getSession, ({ db, actor }) => signedInAs(db, actor));

  serve(app, contract.openPersonalLink, async ({ db, body, request, reply }) => {
    const hash = hashToken(body.token);
    const person = attendeeByNextLink(db, hash) ?? attendeeByLink({ db }, hash);
    if (!person) return refuseUnknownLink(app, request);
    const conference = conferenceForActor(
      { db, actor: person },
      conferenceById(db, person.conferenceId).slug,
    );
    const secret = newSecret();
    const opened = await app.store.write(person, (change) => {
      // Asked again: it may have been opened, replaced or erased since, and renewing twice would end the link that was mailed.
      const isNext = attendeeByNextLink(change.db, hash) !== null;
      if (!isNext && !attendeeByLink(change, hash)) return false;
      if (isNext) renewPersonalLink(change, person.conferenceId, person.attendeeId);
      startSession(change, person, { secret, before: sessionSecretOf(request) });
      return true;
    });
    if (!opened) return refuseUnknownLink(app, request);
    keepSession(app, reply, secret);
    const { name, language } = attendeeOf(db, person.conferenceId, person.attendeeId);
    return { conference: conference.slug, name, language };
  });

  serve(app, contract.signInOrganiser, async ({ db, body, actor, request, reply }) => {
    const secret = newSecret();
    const organiser = await app.store.write(actor, (change) =>
      spendSignInLink(change, body.token, { secret, before: sessionSecretOf(request) }),
    );
    if (!organiser) return refuseUnknownLink(app, request);
    keepSession(app, reply, secret);
    const { name, host } = signedInAs(db, organiser) as Extract<SignedIn, { kind: 'organiser' }>;
    return { name, host };
  });

  serve(app, contract.makeSignInLink, async ({ db, body, actor }) => {
    const all = listOrganisers(db);
    const named = all
      .filter(({ mail }) => body.mail === undefined || sameText(mail) === sameText(body.mail))
      .filter(({ hostSlug }) => body.host === undefined || hostSlug === body.host);
    const [organiser] = named;
    if (!organiser || named.length > 1)
      throw new Refused(
        organiserUnknown({ organisers: all.map(({ mail, hostSlug }) => `${mail} (${hostSlug})`) }),
      );
    const token = await app.store.write(actor, (change) => createSignInLink(change, organiser.id));
    const { name, host } = organiser;
    return { link: `${app.config.url}/sign-in/${token}`, name, host };
  });

  serve(app, contract.addOrganiser, async ({ body, actor }) => {
    const { name, mail } = body;
    const { token, host } = await app.store.write(actor, (change) => {
      const host = hostForNewOrganiser(change, body.host);
      const isKnown = listOrganisers(change.db).some(
        (other) => other.hostId === host.id && sameText(other.mail) === sameText(mail),
      );
      if (isKnown) throw new Refused(organiserKnown({ mail, host: host.name }));
      const id = addOrganiser(change, host.id, { name, mail });
      return { token: createSignInLink(change, id), host };
    });
    return { link: `${app.config.url}/sign-in/${token}`, name, host: host.name };
  });

  serve(app, contract.signOut, async ({ actor, request, reply }) => {
    const secret = sessionSecretOf(request);
    if (secret !== undefined) await app.store.write(actor, (change) => endSession(change, secret));
    dropSession(app, reply);
    return { kind: 'anyone' as const };
  });
}

function ownRoutes(app: App): void {
  const asked = createAttempts(app.clock, mostAsked.ofAddress);
  const askedInAll = createAttempts(app.clock, mostAsked.ofAll);

  /** Answered before anything is looked up, so that neither the answer nor its time tells whether the address is known. */
  serve(app, contract.askForLink, ({ body, actor, request }) => {
    refuseIf(asked.whyNotAttempt(request.ip));
    asked.countFailure(request.ip);
    if (askedInAll.whyNotAttempt('all')) return;
    askedInAll.countFailure('all');
    app.store
      .write(actor, (change) => mailNewLinks(change, body))
      .catch((error: unknown) => request.log.warn(error));
  });

  serveChange(app, contract.chooseLanguage, (change, { params, body }) => {
    const { id } = conferenceForActor(change, params.slug);
    if (change.actor.kind !== 'attendee') throw new Refused(notFound());
    return chooseLanguage(change, id, change.actor.attendeeId, body.language);
  });
}

function attendeeRoutes(app: App): void {
  serve(app, contract.listAttendees, (call) =>
    listAttendees(call.db, conferenceForActor(call, call.params.slug).id, call.query),
  );

  serveChange(app, contract.addAttendee, (change, { params, body }) =>
    addAttendee(change, conferenceForActor(change, params.slug).id, body),
  );

  serveChange(app, contract.editAttendee, (change, { params, body }) =>
    editAttendee(change, conferenceForActor(change, params.slug).id, params.attendeeId, body),
  );

  serve(app, contract.previewAttendees, (call) => {
    const { id, hostId } = conferenceForActor(call, call.params.slug);
    const rows = compareWithKnown(readAttendeeList(call.body.text), listKnownPeople(call.db, id));
    const toAdd = rows.filter(({ problem }) => problem === null);
    const alreadyThere = rows.filter(({ problem }) => problem === 'already-there').length;
    const known = new Set(listOrganisationsOf(call.db, hostId).map(({ sameName }) => sameName));
    const organisations = new Map<string, string>();
    for (const { organisation } of toAdd) {
      if (organisation === null || known.has(sameText(organisation))) continue;
      if (!organisations.has(sameText(organisation))) organisations.set(sameText(organisation), organisation);
    }
    return {
      rows,
      toAdd: toAdd.length,
      alreadyThere,
      wrong: rows.length - toAdd.length - alreadyThere,
      newOrganisations: [...organisations.values()],
    };
  });

  serve(app, contract.importAttendees, (call) => {
    conferenceForActor(call, call.params.slug);
    const list = readAttendeeList(call.body.text);
    return call.write((change) =>
      importAttendees(change, conferenceForActor(change, call.params.slug).id, list),
    );
  });
}

function linkRoutes(app: App): void {
  serve(app, contract.renewPersonalLink, async (call) => {
    const { slug, attendeeId: id } = call.params;
    const { id: conferenceId } = conferenceForActor(call, slug);
    const linkVersion = await call.write((change) =>
      renewPersonalLink(change, conferenceForActor(change, slug).id, id),
    );
    return { link: personalLink(app.store, app.config.url, { id, conferenceId, linkVersion }) };
  });

  serve(app, contract.exportLinks, async (call) => {
    const conference = conferenceForActor(call, call.params.slug);
    await app.store.write(call.actor, (change) => noteLinksExported(change, conference.id));
    const inSwedish = call.language === 'sv';
    const header = inSwedish
      ? ['Namn', 'E-post', 'Organisation', 'Personlig länk']
      : ['Name', 'E-mail', 'Organisation', 'Personal link'];
    const rows = listAttendeesWithLinks(call.db, conference.id).map((attendee) => [
      attendee.name,
      attendee.mail,
      attendee.organisation,
      personalLink(app.store, app.config.url, attendee),
    ]);
    const fileName = `${inSwedish ? 'länkar' : 'links'}-${conference.slug}.csv`;
    void call.reply.header('content-disposition', attachment(fileName));
    return csvOf(header, rows);
  });
}
