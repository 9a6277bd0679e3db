/** A ballot as the page edits it: workshop codes, most wanted first. Every change gives a new list. */
export type Ballot = readonly string[];

export function wish(ballot: Ballot, code: string): Ballot {
  return ballot.includes(code) ? ballot : [...ballot, code];
}

export function unwish(ballot: Ballot, code: string): Ballot {
  return ballot.filter((other) => other !== code);
}

/** Moves a wish by a number of places, up where it is negative; the ends hold it. */
export function moveWish(ballot: Ballot, code: string, by: number): Ballot {
  const from = ballot.indexOf(code);
  if (from < 0) return ballot;
  const to = Math.min(ballot.length - 1, Math.max(0, from + by));
  const rest = unwish(ballot, code);
  return [...rest.slice(0, to), code, ...rest.slice(to)];
}

export function sameBallot(a: Ballot, b: Ballot): boolean {
  return a.length === b.length && a.every((code, i) => code === b[i]);
}
