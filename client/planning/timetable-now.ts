import { useMemo } from 'react';
import { useProgramme } from '../programme/organised-programme.ts';

/** The timetable as it stands, with workshops by their code, as plans name them. */
export function useTimetableNow(): readonly { workshop: string; pass: string; room: string }[] {
  const { sessions, workshops } = useProgramme();
  return useMemo(() => {
    const codes = new Map(workshops.map(({ id, code }) => [id, code]));
    return sessions.map(({ workshop, pass, room }) => ({ workshop: codes.get(workshop) ?? '', pass, room }));
  }, [sessions, workshops]);
}
