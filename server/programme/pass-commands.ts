import { eq } from 'drizzle-orm';
import type { BodyOf } from '../../shared/core/endpoint.ts';
import { Refused, refuseIf } from '../../shared/core/refusal.ts';
import { fromIso } from '../../shared/core/time.ts';
import type { addPass as addContract, editPass as editContract } from '../../shared/programme/contract.ts';
import { onlyPassOf } from '../../shared/programme/refusals.ts';
import { whyNotPassTimes } from '../../shared/programme/rules.ts';
import type { Pass } from '../../shared/programme/vocabulary.ts';
import { conferenceById } from '../conference/queries.ts';
import type { Change } from '../core/change.ts';
import { type Fold, instantOf } from '../core/time.ts';
import { programmeChanged, raiseSequence, refuseTakenName, refuseUsed } from './changed.ts';
import { loadProgramme, own, passAnswer } from './queries.ts';
import { passes } from './tables.ts';

export function addPass(change: Change, conferenceId: string, body: BodyOf<typeof addContract>): Pass {
  const id = change.newId();
  const { startsAt, endsAt } = instantsOf(change, conferenceId, body);
  const others = loadProgramme(change.db, conferenceId).passes;
  refuseTakenName(others, body.name);
  refuseIf(whyNotPassTimes({ startsAt, endsAt }, others.map(withInstants)));
  const row = { id, conferenceId, name: body.name, startsAt, endsAt };
  change.db.insert(passes).values(row).run();
  programmeChanged(change, conferenceId, { action: 'pass-added', subject: { kind: 'pass', id } });
  return passAnswer(row);
}

/** The sessions of a pass that moves in time move with it, in calendars too. */
export function editPass(
  change: Change,
  conferenceId: string,
  passId: string,
  body: BodyOf<typeof editContract>,
): Pass {
  const programme = loadProgramme(change.db, conferenceId);
  const before = withInstants(own(programme.passes, passId));
  const name = body.name ?? before.name;
  const given = instantsOf(change, conferenceId, body);
  const startsAt = given.startsAt ?? before.startsAt;
  const endsAt = given.endsAt ?? before.endsAt;
  refuseTakenName(programme.passes, name, passId);
  refuseIf(whyNotPassTimes({ id: passId, startsAt, endsAt }, programme.passes.map(withInstants)));
  change.db.update(passes).set({ name, startsAt, endsAt }).where(eq(passes.id, passId)).run();
  const inPass = programme.sessions.filter(({ pass }) => pass === passId).map(({ id }) => id);
  if (startsAt !== before.startsAt || endsAt !== before.endsAt) raiseSequence(change, inPass);
  programmeChanged(change, conferenceId, {
    action: 'pass-edited',
    subject: { kind: 'pass', id: passId },
    sessions: inPass,
  });
  return passAnswer({ id: passId, conferenceId, name, startsAt, endsAt });
}

export function removePass(change: Change, conferenceId: string, passId: string): { removed: string } {
  const programme = loadProgramme(change.db, conferenceId);
  const { name } = own(programme.passes, passId);
  refuseUsed(
    programme,
    name,
    programme.sessions.filter(({ pass }) => pass === passId),
  );
  const only = programme.workshops.filter((w) => w.passes.length === 1 && w.passes[0] === passId);
  if (only.length > 0) throw new Refused(onlyPassOf({ pass: name, workshops: only.map(({ code }) => code) }));
  change.db.delete(passes).where(eq(passes.id, passId)).run();
  programmeChanged(change, conferenceId, { action: 'pass-removed', subject: { kind: 'pass', id: passId } });
  return { removed: passId };
}

/** Local times of the conference's zone as instants; a time that is not given is not answered. */
export function instantsOf<T extends { startsAt?: string; endsAt?: string; fold?: Fold }>(
  change: Change,
  conferenceId: string,
  { startsAt, endsAt, fold }: T,
): { [K in 'startsAt' | 'endsAt']: T[K] extends string ? number : number | undefined } {
  const { timeZone } = conferenceById(change.db, conferenceId);
  const read = (local: string | undefined) =>
    local === undefined ? undefined : instantOf(local, timeZone, fold);
  return { startsAt: read(startsAt), endsAt: read(endsAt) } as ReturnType<typeof instantsOf<T>>;
}

function withInstants({ id, name, startsAt, endsAt }: Pass) {
  return { id, name, startsAt: fromIso(startsAt), endsAt: fromIso(endsAt) };
}
