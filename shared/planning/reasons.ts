import type { Sentence } from '../core/language.ts';

/** A wish that a plan did not meet, with what is needed to say why. Names are those that people know. */
export interface UnmetWish {
  readonly workshop: string;
  /** How many wished for it first, and how many at all. */
  readonly first: number;
  readonly wished: number;
  /** Where the plan gives it, in the order of the passes. */
  readonly sessions: readonly UnmetSession[];
}

interface UnmetSession {
  readonly pass: string;
  readonly seats: number;
  readonly taken: number;
  /** The workshop that the person gives then, if any. */
  readonly presents: string | null;
  readonly cannotCome: boolean;
  /** The workshop that the person got in that pass instead, and whether they wished for it more. */
  readonly instead: { readonly workshop: string; readonly wishedMore: boolean } | null;
}

/** Why a plan did not meet a wish, in a sentence to the person who wished. */
export function whyNotMet(wish: UnmetWish): Sentence {
  const { workshop, sessions } = wish;
  if (sessions.length === 0)
    return { sv: `${workshop} ges inte i programmet.`, en: `${workshop} is not in the programme.` };
  const possible = sessions.filter(({ presents, cannotCome }) => presents === null && !cannotCome);
  if (possible.length === 0) return outOfReach(workshop, sessions[0]!);
  const open = possible.find(({ seats, taken }) => taken < seats);
  return open ? outweighed(workshop, open) : crowded(wish, possible);
}

function outOfReach(workshop: string, { pass, presents }: UnmetSession): Sentence {
  return presents === null
    ? {
        sv: `${workshop} ges i ${pass}, då du inte kan vara med.`,
        en: `${workshop} is given in ${pass}, when you cannot come.`,
      }
    : {
        sv: `${workshop} ges i ${pass}, då du själv håller ${presents}.`,
        en: `${workshop} is given in ${pass}, when you give ${presents} yourself.`,
      };
}

function crowded({ workshop, first, wished }: UnmetWish, sessions: readonly UnmetSession[]): Sentence {
  const seats = sessions.reduce((sum, session) => sum + session.seats, 0);
  const where = passesInWords(sessions.map(({ pass }) => pass));
  const [sv, en] =
    first >= seats
      ? [`${first} önskade den i första hand`, `${first} ranked it first`]
      : [`${wished} önskade den`, `${wished} wished for it`];
  return {
    sv: `${workshop} var full i ${where.sv}: ${sv}, ${seats} platser.`,
    en: `${workshop} was full in ${where.en}: ${en}, ${seats} seats.`,
  };
}

function passesInWords(passes: readonly string[]): Sentence {
  if (passes.length === 1) return { sv: passes[0]!, en: passes[0]! };
  if (passes.length === 2) return { sv: 'båda passen', en: 'both passes' };
  return { sv: `alla ${passes.length} passen`, en: `all ${passes.length} passes` };
}

function outweighed(workshop: string, { pass, instead }: UnmetSession): Sentence {
  if (instead?.wishedMore)
    return {
      sv: `${workshop} ges i ${pass}, där du fick ${instead.workshop} som du önskade mer.`,
      en: `${workshop} is given in ${pass}, where you got ${instead.workshop}, which you wanted more.`,
    };
  return {
    sv: `${workshop} ges i ${pass}. Det gick inte ihop med de andra platserna i planen.`,
    en: `${workshop} is given in ${pass}. It did not fit together with the other seats of the plan.`,
  };
}
