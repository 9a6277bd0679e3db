import type { Sentence } from '../core/language.ts';
import type { Instance } from './instance.ts';
import { counted, largestInWords, wordList, wordsOf } from './requirement-words.ts';
import { requirement, requirementKinds, type Requirement, type RequirementKind } from './requirements.ts';

/** What a reason is about, for those who sort by it. */
export type ReasonCode = 'pins' | 'presenter' | 'slots' | 'seats' | 'workshop' | 'timetable' | 'attendee';

/**
 * Why no plan exists: requirements that cannot all hold, of which none can be left out (an irreducible infeasible set), and the same
 * in words. Ids stand where names belong.
 */
export interface Reason {
  readonly code: ReasonCode;
  readonly message: Sentence;
  readonly requirements: readonly Requirement[];
}

/** The reason that these requirements are; `message` where there is a better one than their list. */
export function reasonFor(
  instance: Instance,
  requirements: readonly Requirement[],
  message?: Sentence,
): Reason {
  return {
    code: codeOf(requirements),
    message:
      message ??
      pinnedTogether(requirements) ??
      overloaded(instance, requirements) ??
      listed(instance, requirements),
    requirements,
  };
}

function codeOf(requirements: readonly Requirement[]): ReasonCode {
  const has = (...kinds: RequirementKind[]): boolean => requirements.some(({ kind }) => kinds.includes(kind));
  const personal = requirements.every(
    ({ kind, about }) => about.length === 1 || !['owed', 'absent', 'wished'].includes(kind),
  );
  if (has('owed', 'absent', 'wished', 'together') && personal && !has('capacity')) return 'attendee';
  if (has('owed', 'capacity', 'min-size')) return 'seats';
  if (has('scheduled')) return 'timetable';
  if (has('presents')) return 'presenter';
  if (has('pin')) return 'pins';
  const needed = requirements.find(({ kind }) => kind === 'at-least');
  return new Set(needed?.about.map(({ workshop }) => workshop)).size > 1 ? 'slots' : 'workshop';
}

/** "T1 presents W2 and W15, both pinned to P1." */
function pinnedTogether(requirements: readonly Requirement[]): Sentence | null {
  const presents = requirements.filter(({ kind }) => kind === 'presents').flatMap(({ about }) => about);
  const pins = requirements.filter(({ kind }) => kind === 'pin').flatMap(({ about }) => about);
  const people = new Set(presents.map(({ person }) => person));
  const passes = new Set(pins.map(({ pass }) => pass));
  const workshops = pins.map(({ workshop }) => workshop ?? '');
  const only = requirements.every(({ kind }) => kind === 'presents' || kind === 'pin');
  const [person] = people;
  const [pass] = passes;
  if (!only || people.size !== 1 || passes.size !== 1 || pins.length !== 2) return null;
  if (!person || !pass || pins.some((pin) => pin.person !== undefined)) return null;
  return {
    sv: `${person} håller ${wordList(workshops).sv}, båda låsta till ${pass}.`,
    en: `${person} presents ${wordList(workshops).en}, both pinned to ${pass}.`,
  };
}

/** "T1 presents W1, W2, W3 and W4: 5 sessions in all, and there are 3 passes." */
function overloaded(instance: Instance, requirements: readonly Requirement[]): Sentence | null {
  if (!requirements.every(({ kind }) => kind === 'presents' || kind === 'at-least')) return null;
  const presents = requirements.filter(({ kind }) => kind === 'presents').flatMap(({ about }) => about);
  const [person, ...others] = new Set(presents.map((fact) => fact.person));
  const given = requirements.filter(({ kind }) => kind === 'at-least').flatMap(({ about }) => about);
  if (!person || others.length > 0) return null;
  const sessions = given.reduce((sum, { is }) => sum + (is ?? 0), 0);
  const workshops = wordList(presents.map(({ workshop }) => workshop ?? ''));
  const passes = counted(instance.passes.length, 'pass', 'pass', 'pass', 'passes');
  return {
    sv: `${person} håller ${workshops.sv}: det blir ${sessions} tillfällen, men det finns bara ${passes.sv}.`,
    en: `${person} presents ${workshops.en}: that makes ${sessions} sessions, but there ${instance.passes.length === 1 ? 'is' : 'are'} only ${passes.en}.`,
  };
}

function listed(instance: Instance, requirements: readonly Requirement[]): Sentence {
  const order = saidTogether(requirements).toSorted(
    (a, b) => requirementKinds.indexOf(b.kind) - requirementKinds.indexOf(a.kind),
  );
  const pooled = requirements.some(({ kind }) => kind === 'owed');
  const words = order.map((one) =>
    one.kind === 'capacity' && !pooled ? largestInWords(one.about) : wordsOf(instance, one),
  );
  const ids = new Set(
    requirements
      .flatMap(({ about }) => about)
      .flatMap(({ workshop, person, room, pass }) => [workshop, person, room, pass]),
  );
  const say = (language: 'sv' | 'en'): string => {
    const text = wordList(words.map((sentence) => sentence[language]))[language];
    // An id keeps its letters: a name takes its place.
    const [first] = text.split(/[\s,]/u, 1);
    return ids.has(first) ? text : text.charAt(0).toUpperCase() + text.slice(1);
  };
  const background = backgroundOf(instance, requirements);
  const alone = requirements.length === 1;
  return {
    sv: `${say('sv')}. ${background.sv}${alone ? 'Det är inte möjligt.' : 'Det går inte ihop.'}`,
    en: `${say('en')}. ${background.en}${alone ? 'That is not possible.' : 'These cannot all hold.'}`,
  };
}

/** What the requirements run up against and nobody can take back: how many there are of things, and the timetable that is given. */
function backgroundOf(instance: Instance, requirements: readonly Requirement[]): Sentence {
  const { rooms, passes, attendees, fixed } = instance;
  const has = (...kinds: RequirementKind[]): boolean => requirements.some(({ kind }) => kinds.includes(kind));
  const missing = requirements
    .filter(({ kind }) => kind === 'pin')
    .flatMap(({ about }) => about)
    .filter(
      ({ workshop, pass }) =>
        fixed && workshop && pass && !fixed.some((s) => s.workshop === workshop && s.pass === pass),
    );
  const [pin] = missing;
  if (pin)
    return {
      sv: `${pin.workshop} ligger inte i ${pin.pass} i schemat. `,
      en: `${pin.workshop} is not in ${pin.pass} in the timetable. `,
    };
  if (has('min-size') && !has('capacity', 'max-size', 'reserved')) {
    const people = counted(attendees.length, 'deltagare', 'deltagare', 'attendee', 'attendees');
    return {
      sv: `Det finns ${people.sv}. `,
      en: `There ${attendees.length === 1 ? 'is' : 'are'} ${people.en}. `,
    };
  }
  const aboutPlaces = has('at-least') || (has('pin') && !has('presents'));
  if (fixed || !aboutPlaces || has('owed', 'capacity', 'max-size', 'absent', 'wished', 'together'))
    return { sv: '', en: '' };
  const given = requirements
    .filter(({ kind }) => kind === 'at-least' || kind === 'pin')
    .flatMap(({ about }) => about);
  if (new Set(given.map(({ workshop }) => workshop)).size < 2 && has('requires', 'passes', 'pin', 'at-most'))
    return { sv: '', en: '' };
  const room = counted(rooms.length, 'lokal', 'lokaler', 'room', 'rooms');
  const pass = counted(passes.length, 'pass', 'pass', 'pass', 'passes');
  const be = rooms.length === 1 ? 'is' : 'are';
  return { sv: `Det finns ${room.sv} och ${pass.sv}. `, en: `There ${be} ${room.en} and ${pass.en}. ` };
}

/** Requirements that one phrase can say: of a kind and, where the phrase names it, of one person, feature or workshop. */
function saidTogether(requirements: readonly Requirement[]): Requirement[] {
  const phrases = new Map<string, Requirement>();
  for (const one of requirements) {
    const { person, feature, workshop } = one.about[0] ?? {};
    const named: Partial<Record<RequirementKind, unknown>> = {
      pin: one.about,
      presents: person,
      requires: feature,
      passes: workshop,
    };
    const key = JSON.stringify([one.kind, named[one.kind]]);
    const before = phrases.get(key);
    phrases.set(key, before ? requirement(one.kind, [...before.about, ...one.about]) : one);
  }
  return [...phrases.values()];
}
