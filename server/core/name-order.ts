import { type AnyColumn, type SQL, sql } from 'drizzle-orm';

/** The letters of Nordic names that stand elsewhere in the alphabet than their code points: å, ä and ö after z. */
const placed = ['Å{1', 'å{1', 'Ä{2', 'ä{2', 'Æ{2', 'æ{2', 'Ö{3', 'ö{3', 'Ø{3', 'ø{3', 'Ée', 'ée', 'Üy', 'üy'];

/**
 * Names in the order of the Swedish alphabet, for lists of which the database hands out a page. SQLite has only the order of code
 * points, in which Ä comes before Å. Where a whole list is in memory its order is `inNameOrder`.
 */
export function nameOrder(column: AnyColumn): SQL {
  let key = sql`${column}`;
  for (const [letter, ...as] of placed) key = sql`replace(${key}, ${letter}, ${as.join('')})`;
  return sql`${key} COLLATE NOCASE`;
}
