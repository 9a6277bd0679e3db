/** A list with an item or without it; order of arrival. */
export function withOrWithout<T>(items: readonly T[], item: T, wanted: boolean): T[] {
  const rest = items.filter((other) => other !== item);
  return wanted ? [...rest, item] : rest;
}

/** What stands on the lines of a text: trimmed, without empty ones. */
export function linesOf(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
}
