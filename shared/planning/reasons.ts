import type { Sentence } from '../core/language.ts';
import { wordList } from './requirement-words.ts';

/** A wish that a plan did not meet, with what is needed to say why. Names are those that people know. */
export interface UnmetWish {
  readonly workshop: string;
  /** How many wished for it first, and how many at all. */
  readonly first: number;
  readonly wished: number;
  /** Where the plan gives it, in the order of the passes. */
  readonly sessions: readonly UnmetSession[];
  /** The seed of the draw, where somebody else has the seat for no other reason; null: the seats were not drawn for. */
  readonly drawn: number | null;
  /** The plan is a lottery: those with the seats had their turn before. */
  readonly lottery: boolean;
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

/** Why a plan did not meet a wish, in a sentence or more to the person who wished: every pass it is given in has its reason. */
export function whyNotMet(wish: UnmetWish): Sentence {
  const { workshop, sessions } = wish;
  if (sessions.length === 0)
    return { sv: `${workshop} ges inte i programmet.`, en: `${workshop} is not in the programme.` };
  const reached = sessions.filter(({ presents, cannotCome }) => presents === null && !cannotCome);
  const better = reached.filter(({ instead }) => instead?.wishedMore);
  const others = reached.filter(({ instead }) => !instead?.wishedMore);
  const full = others.filter(({ seats, taken }) => taken >= seats);
  const open = others.filter(({ seats, taken }) => taken < seats);
  const sentences = [
    ...(full.length > 0 ? [crowded(wish, full)] : []),
    ...(full.length > 0 && wish.drawn !== null ? [drawn(wish.drawn, wish.lottery)] : []),
    ...open.slice(0, 1).map(({ pass }) => outweighed(workshop, pass)),
    ...better.map((session) => preferred(workshop, session)),
    ...sessions
      .filter((session) => !reached.includes(session))
      .map((session) => outOfReach(workshop, session)),
  ];
  return { sv: sentences.map(({ sv }) => sv).join(' '), en: sentences.map(({ en }) => en).join(' ') };
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

/** How full it was, with the seats of the sessions that were in reach. */
function crowded({ workshop, first, wished, sessions }: UnmetWish, full: readonly UnmetSession[]): Sentence {
  const seats = full.reduce((sum, session) => sum + session.seats, 0);
  const where = passesInWords(
    full.map(({ pass }) => pass),
    full.length === sessions.length,
  );
  const [sv, en] =
    first >= seats
      ? [`${first} önskade den i första hand`, `${first} ranked it first`]
      : [`${wished} önskade den`, `${wished} wished for it`];
  return {
    sv: `${workshop} var full i ${where.sv}: ${sv}, ${seats} platser.`,
    en: `${workshop} was full in ${where.en}: ${en}, ${seats} seats.`,
  };
}

function drawn(seed: number, lottery: boolean): Sentence {
  if (lottery)
    return {
      sv: `Platserna gick till dem som lottades före dig (frö ${seed}).`,
      en: `The seats went to people drawn before you (seed ${seed}).`,
    };
  return {
    sv: `En annan plan hade varit lika bra och gett dig platsen; lotten avgjorde (frö ${seed}).`,
    en: `Another plan would have been as good and given you the seat; the draw decided (seed ${seed}).`,
  };
}

/** A seat that a plan gave, with what is needed to say why this one. */
export interface GivenSeat {
  readonly workshop: string;
  readonly pass: string;
  /** Its place in the wishes; null: not wished for. */
  readonly rank: number | null;
  /** How many workshops the person wished for. */
  readonly wished: number;
  /** The organiser has decided this seat. */
  readonly pinned: boolean;
}

/** Why a plan gave somebody this seat, in a sentence to that person. */
export function whyGiven({ workshop, pass, rank, wished, pinned }: GivenSeat): Sentence {
  if (pinned)
    return {
      sv: `Arrangören har bestämt platsen i ${workshop}.`,
      en: `The organiser decided the seat in ${workshop}.`,
    };
  if (rank === 1)
    return { sv: `${workshop} var ditt förstahandsval.`, en: `${workshop} was your first choice.` };
  if (rank !== null)
    return {
      sv: `${workshop} var val ${rank} på din lista.`,
      en: `${workshop} was choice ${rank} on your list.`,
    };
  if (wished === 0)
    return {
      sv: `${workshop} hade plats i ${pass}. Du hade inga önskemål.`,
      en: `${workshop} had a seat in ${pass}. You had no wishes.`,
    };
  return {
    sv: `${workshop} hade plats i ${pass} när inget på din lista gick att ge dig då.`,
    en: `${workshop} had a seat in ${pass} when nothing on your list could be given to you then.`,
  };
}

function passesInWords(passes: readonly string[], all: boolean): Sentence {
  if (!all || passes.length === 1) return wordList(passes);
  if (passes.length === 2) return { sv: 'båda passen', en: 'both passes' };
  return { sv: `alla ${passes.length} passen`, en: `all ${passes.length} passes` };
}

function preferred(workshop: string, { pass, instead }: UnmetSession): Sentence {
  const got = instead?.workshop ?? '';
  return {
    sv: `${workshop} ges i ${pass}, där du fick ${got} som du önskade mer.`,
    en: `${workshop} is given in ${pass}, where you got ${got}, which you wanted more.`,
  };
}

function outweighed(workshop: string, pass: string): Sentence {
  return {
    sv: `${workshop} ges i ${pass}. Det gick inte ihop med de andra platserna i planen.`,
    en: `${workshop} is given in ${pass}. It did not fit together with the other seats of the plan.`,
  };
}
