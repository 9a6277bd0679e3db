import type { Sentence } from '../core/language.ts';
import { wordList } from './requirement-words.ts';

/** What is done to the facts of a plan, by audit action: of one thing, and of several. */
export const changeWords = {
  'room-added': ['Ny lokal', 'Nya lokaler', 'New room', 'New rooms'],
  'room-edited': ['Lokal ändrad', 'Lokaler ändrade', 'Room changed', 'Rooms changed'],
  'room-removed': ['Lokal borttagen', 'Lokaler borttagna', 'Room removed', 'Rooms removed'],
  'pass-added': ['Nytt pass', 'Nya pass', 'New pass', 'New passes'],
  'pass-edited': ['Pass ändrat', 'Pass ändrade', 'Pass changed', 'Passes changed'],
  'pass-removed': ['Pass borttaget', 'Pass borttagna', 'Pass removed', 'Passes removed'],
  'workshop-added': ['Ny workshop', 'Nya workshoppar', 'New workshop', 'New workshops'],
  'workshop-edited': ['Workshop ändrad', 'Workshoppar ändrade', 'Workshop changed', 'Workshops changed'],
  'workshop-removed': [
    'Workshop borttagen',
    'Workshoppar borttagna',
    'Workshop removed',
    'Workshops removed',
  ],
  'workshop-placed': [
    'Tillfälle lagt i schemat',
    'Tillfällen lagda i schemat',
    'Session placed',
    'Sessions placed',
  ],
  'session-moved': ['Tillfälle flyttat', 'Tillfällen flyttade', 'Session moved', 'Sessions moved'],
  'session-removed': ['Tillfälle borttaget', 'Tillfällen borttagna', 'Session removed', 'Sessions removed'],
  'timetable-replaced': ['Schemat utbytt', 'Schemat utbytt', 'Timetable replaced', 'Timetable replaced'],
  'ballot-cast': ['Önskelista ändrad', 'Önskelistor ändrade', 'Wish list changed', 'Wish lists changed'],
  'absences-noted': ['Frånvaro ändrad', 'Frånvaro ändrad', 'Absence changed', 'Absences changed'],
  'attendee-added': ['Ny deltagare', 'Nya deltagare', 'New attendee', 'New attendees'],
  'attendee-edited': ['Deltagare ändrad', 'Deltagare ändrade', 'Attendee changed', 'Attendees changed'],
  'attendee-removed': ['Deltagare borttagen', 'Deltagare borttagna', 'Attendee removed', 'Attendees removed'],
  'attendees-imported': [
    'Deltagarlista inläst',
    'Deltagarlistor inlästa',
    'Attendee list imported',
    'Attendee lists imported',
  ],
  'import-undone': [
    'Inläst deltagarlista ångrad',
    'Inlästa deltagarlistor ångrade',
    'Import undone',
    'Imports undone',
  ],
  'conference-edited': [
    'Inställningar ändrade',
    'Inställningar ändrade',
    'Settings changed',
    'Settings changed',
  ],
  'pin-added': ['Ny låsning', 'Nya låsningar', 'New pin', 'New pins'],
  'pin-removed': ['Låsning borttagen', 'Låsningar borttagna', 'Pin removed', 'Pins removed'],
} as const satisfies Record<string, readonly [sv: string, svMany: string, en: string, enMany: string]>;

/** "Lokal ändrad: Siljan", "Önskelistor ändrade (12)". Names where all of the things have one and they are few. */
export function changeInWords(
  action: keyof typeof changeWords,
  things: number,
  names: readonly string[],
): Sentence {
  const [sv, svMany, en, enMany] = changeWords[action];
  const named = names.length === things && things <= 6;
  const list = wordList(names);
  const which = (text: string): string => (named ? `: ${text}` : things > 1 ? ` (${things})` : '');
  return {
    sv: `${things === 1 ? sv : svMany}${which(list.sv)}`,
    en: `${things === 1 ? en : enMany}${which(list.en)}`,
  };
}
