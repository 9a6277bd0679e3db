import type { ReactNode } from 'react';
import { classes } from './classes.ts';
import look from './data-table.module.css';

interface DataTableProps {
  readonly caption: string;
  /** Column headings, in order. */
  readonly head: readonly string[];
  /** Few and short columns: a table on every screen. */
  readonly stays?: boolean;
  readonly children: ReactNode;
}

/** A table of rows to look things up in; on a narrow screen each row becomes a block, its cells named by `data-label`. */
export function DataTable({ caption, head, stays = false, children }: DataTableProps) {
  return (
    <table className={classes(look['table'], !stays && look['folds'])}>
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
