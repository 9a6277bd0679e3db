/** What a letter says, before it is text or HTML: both are made from the same. */
export interface Content {
  readonly subject: string;
  readonly greeting: string;
  readonly blocks: readonly Block[];
  /** Small, last: why the letter came, and the way to have no more of its kind. */
  readonly footer: readonly string[];
  readonly unsubscribe: { readonly label: string; readonly url: string } | null;
}

export type Block =
  | { readonly kind: 'paragraph'; readonly text: string }
  | { readonly kind: 'button'; readonly label: string; readonly url: string }
  | { readonly kind: 'heading'; readonly text: string }
  | { readonly kind: 'day'; readonly entries: readonly DayEntry[] }
  | { readonly kind: 'numbered'; readonly items: readonly string[] }
  /** An address to copy. */
  | { readonly kind: 'address'; readonly url: string };

/** One thing of a day: a workshop, or a pass where nothing is chosen. */
export interface DayEntry {
  /** `09.30–10.15` */
  readonly time: string;
  readonly title: string;
  /** Under the title: the room, what was before. */
  readonly lines: readonly string[];
  /** The pass's place in the day from 0, which gives its colour; null for what has none. */
  readonly pass: number | null;
}
