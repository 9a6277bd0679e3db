import { and, eq, inArray, max } from 'drizzle-orm';
import type { BodyOf } from '../../shared/core/endpoint.ts';
import { Refused, refuseIf } from '../../shared/core/refusal.ts';
import { sameText } from '../../shared/core/same-text.ts';
import type {
  addWorkshop as addContract,
  editWorkshop as editContract,
} from '../../shared/programme/contract.ts';
import { codeTaken } from '../../shared/programme/refusals.ts';
import { whyNotPlace, whyNotSizes } from '../../shared/programme/rules.ts';
import type { Workshop } from '../../shared/programme/vocabulary.ts';
import { organisationNamed } from '../conference/commands.ts';
import { conferenceById } from '../conference/queries.ts';
import type { Change } from '../core/change.ts';
import { presenterNamed, removePresenter } from '../people/attendee-commands.ts';
import { distinct, markChanged, programmeChanged, refuseUsed } from './changed.ts';
import { loadProgramme, own, type Programme } from './queries.ts';
import { workshopOrganisations, workshopPasses, workshopPresenters, workshops } from './tables.ts';

type NewWorkshop = BodyOf<typeof addContract>;
type WorkshopChanges = BodyOf<typeof editContract>;

export function addWorkshop(change: Change, conferenceId: string, body: NewWorkshop): Workshop {
  const { presenters, organisations, passes, ...fields } = body;
  const programme = loadProgramme(change.db, conferenceId);
  refuseTakenCode(programme, fields.code);
  const { maxOfferings = 1 } = fields;
  const values = {
    minSize: 0,
    maxSize: null,
    minOfferings: Math.min(1, maxOfferings),
    maxOfferings,
    ...fields,
    language: fields.language ?? conferenceById(change.db, conferenceId).language,
    topics: topicsAsSpelled(programme, fields.topics ?? []),
    requires: distinct(fields.requires ?? []),
  };
  refuseIf(whyNotSizes(values));
  const id = change.newId();
  const position = nextPosition(change, conferenceId);
  change.db
    .insert(workshops)
    .values({ ...values, id, conferenceId, position })
    .run();
  writeLists(change, conferenceId, id, { presenters, organisations, passes });
  programmeChanged(change, conferenceId, { action: 'workshop-added', subject: { kind: 'workshop', id } });
  return own(loadProgramme(change.db, conferenceId).workshops, id);
}

/** Refuses what the workshop's sessions could not stand with: a presenter who is busy then, a room that lacks something, a pass it may not run in. */
export function editWorkshop(
  change: Change,
  conferenceId: string,
  workshopId: string,
  body: WorkshopChanges,
): Workshop {
  const { presenters, organisations, passes, ...fields } = body;
  const programme = loadProgramme(change.db, conferenceId);
  const before = own(programme.workshops, workshopId);
  if (fields.code !== undefined) refuseTakenCode(programme, fields.code, workshopId);
  refuseIf(whyNotSizes({ ...before, ...fields }));
  const values = {
    ...fields,
    ...(fields.requires && { requires: distinct(fields.requires) }),
    ...(fields.topics && { topics: topicsAsSpelled(programme, fields.topics, workshopId) }),
  };
  if (Object.keys(values).length > 0)
    change.db.update(workshops).set(values).where(eq(workshops.id, workshopId)).run();
  writeLists(change, conferenceId, workshopId, { presenters, organisations, passes });
  forgetUnused(change, conferenceId, before);

  const after = loadProgramme(change.db, conferenceId);
  const given = after.sessions.filter(({ workshop }) => workshop === workshopId);
  for (const session of given) refuseIf(whyNotPlace(after, session));
  const ids = given.map(({ id }) => id);
  markChanged(change, ids);
  programmeChanged(change, conferenceId, {
    action: 'workshop-edited',
    subject: { kind: 'workshop', id: workshopId },
    sessions: ids,
    data: { fields: Object.keys(body) },
  });
  return own(after.workshops, workshopId);
}

/** Wishes for the workshop go with it, and presenters who give nothing else. */
export function removeWorkshop(
  change: Change,
  conferenceId: string,
  workshopId: string,
): { removed: string } {
  const programme = loadProgramme(change.db, conferenceId);
  const workshop = own(programme.workshops, workshopId);
  refuseUsed(
    programme,
    workshop.code,
    programme.sessions.filter((session) => session.workshop === workshopId),
  );
  change.db.delete(workshops).where(eq(workshops.id, workshopId)).run();
  forgetUnused(change, conferenceId, workshop);
  programmeChanged(change, conferenceId, {
    action: 'workshop-removed',
    subject: { kind: 'workshop', id: workshopId },
  });
  return { removed: workshopId };
}

/** Writes those of a workshop's lists that are given, in their order. */
function writeLists(
  change: Change,
  conferenceId: string,
  workshopId: string,
  { presenters, organisations, passes }: Pick<WorkshopChanges, 'presenters' | 'organisations' | 'passes'>,
): void {
  const { db } = change;
  if (presenters) {
    db.delete(workshopPresenters).where(eq(workshopPresenters.workshopId, workshopId)).run();
    const ids = presenters.map((presenter) => presenterNamed(change, conferenceId, presenter));
    for (const [position, presenterId] of distinct(ids).entries())
      db.insert(workshopPresenters).values({ conferenceId, workshopId, presenterId, position }).run();
  }
  if (organisations) {
    db.delete(workshopOrganisations).where(eq(workshopOrganisations.workshopId, workshopId)).run();
    const { hostId } = conferenceById(db, conferenceId);
    const ids = organisations.map((name) => organisationNamed(change, hostId, name));
    for (const [position, organisationId] of distinct(ids).entries())
      db.insert(workshopOrganisations).values({ conferenceId, workshopId, organisationId, position }).run();
  }
  if (passes) {
    db.delete(workshopPasses).where(eq(workshopPasses.workshopId, workshopId)).run();
    const known = loadProgramme(db, conferenceId).passes;
    for (const passId of distinct(passes)) {
      own(known, passId);
      db.insert(workshopPasses).values({ conferenceId, workshopId, passId }).run();
    }
  }
}

/** Each topic once, spelled as another workshop of the conference already spells it. */
function topicsAsSpelled(
  { workshops: others }: Programme,
  topics: readonly string[],
  exceptId?: string,
): string[] {
  const spelled = new Map<string, string>();
  for (const { topics: known } of others.filter(({ id }) => id !== exceptId))
    for (const topic of known) spelled.set(sameText(topic), topic);
  const wanted = topics.map((topic) => spelled.get(sameText(topic)) ?? topic);
  return wanted.filter((topic, i) => wanted.findIndex((other) => sameText(other) === sameText(topic)) === i);
}

/** Forgets those of a workshop's former presenters who give no workshop any more. */
function forgetUnused(change: Change, conferenceId: string, { presenters }: Workshop): void {
  const former = presenters.map(({ id }) => id);
  const used = change.db
    .select({ id: workshopPresenters.presenterId })
    .from(workshopPresenters)
    .where(
      and(eq(workshopPresenters.conferenceId, conferenceId), inArray(workshopPresenters.presenterId, former)),
    )
    .all();
  const unused = former.filter((presenterId) => !used.some(({ id }) => id === presenterId));
  for (const presenterId of unused) removePresenter(change, conferenceId, presenterId);
}

function refuseTakenCode({ workshops: others }: Programme, code: string, exceptId?: string): void {
  if (others.some((other) => other.id !== exceptId && sameText(other.code) === sameText(code)))
    throw new Refused(codeTaken({ code }));
}

function nextPosition(change: Change, conferenceId: string): number {
  const { last } = change.db
    .select({ last: max(workshops.position) })
    .from(workshops)
    .where(eq(workshops.conferenceId, conferenceId))
    .get()!;
  return last === null ? 0 : last + 1;
}
