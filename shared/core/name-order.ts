const swedish = new Intl.Collator('sv', { numeric: true });

/** The order in which people look for a name: the Swedish alphabet's, å ä ö last, and W2 before W10. */
export function inNameOrder(a: string, b: string): number {
  return swedish.compare(a, b);
}
