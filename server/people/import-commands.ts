import { Refused } from '../../shared/core/refusal.ts';
import type { ImportRow } from '../../shared/people/contract.ts';
import { importRefused } from '../../shared/people/refusals.ts';
import { organisationNamed, touchConference } from '../conference/commands.ts';
import { conferenceById } from '../conference/queries.ts';
import type { Change } from '../core/change.ts';
import { insertNewAttendee } from './attendee-commands.ts';
import { compareWithKnown } from './attendee-list.ts';
import { listKnownPeople } from './queries.ts';
import { attendeeImports } from './tables.ts';

/** Adds everybody of a list who is not there already, or nobody at all. The same list again changes nothing. */
export function importAttendees(
  change: Change,
  conferenceId: string,
  list: readonly ImportRow[],
): { importId: string | null; added: number; alreadyThere: number } {
  const rows = compareWithKnown(list, listKnownPeople(change.db, conferenceId));
  const wrong = rows.flatMap(({ row, problem }) =>
    problem === null || problem === 'already-there' ? [] : [{ row, problem }],
  );
  if (wrong.length > 0) throw new Refused(importRefused({ rows: wrong }));

  const newcomers = rows.filter(({ problem }) => problem === null);
  const alreadyThere = rows.length - newcomers.length;
  if (newcomers.length === 0) return { importId: null, added: 0, alreadyThere };

  const { hostId, language } = conferenceById(change.db, conferenceId);
  const importId = change.newId();
  change.db.insert(attendeeImports).values({ id: importId, conferenceId, at: change.now }).run();
  const organisationIds = new Map<string | null, string | null>([[null, null]]);
  for (const { name, mail, organisation } of newcomers) {
    let organisationId = organisationIds.get(organisation);
    if (organisationId === undefined && organisation !== null) {
      organisationId = organisationNamed(change, hostId, organisation);
      organisationIds.set(organisation, organisationId);
    }
    insertNewAttendee(change, conferenceId, {
      name,
      mail,
      organisationId: organisationId ?? null,
      language,
      importId,
    });
  }
  touchConference(change, conferenceId);
  change.audit({
    action: 'attendees-imported',
    subject: { kind: 'import', id: importId },
    conferenceId,
    data: { added: newcomers.length },
  });
  return { importId, added: newcomers.length, alreadyThere };
}
