import type { ReactNode } from 'react';
import look from './data-table.module.css';

/** A table of rows to look things up in; on a narrow screen each row becomes a block, its cells named by `data-label`. */
export function DataTable({
  caption,
  head,
  children,
}: {
  readonly caption: string;
  /** Column headings, in order. */
  readonly head: readonly string[];
  readonly children: ReactNode;
}) {
  return (
    <table className={look['table']}>
      <caption className={look['caption']}>{caption}</caption>
      <thead>
        <tr>
          {head.map((name) => (
            <th key={name} scope="col">
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>{children}</tbody>
    </table>
  );
}
