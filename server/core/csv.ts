import papaparse from 'papaparse';

export type Cell = string | number | null;

/**
 * A table as CSV for spreadsheets: UTF-8 with a byte order mark, so that Excel reads å, ä and ö, lines ending in CRLF (RFC 4180).
 * Text that a spreadsheet would take for a formula gets an apostrophe before it; numbers stay numbers.
 */
export function csvOf(header: readonly string[], rows: readonly (readonly Cell[])[]): string {
  const lines = [header, ...rows].map((row) => row.map(harmless));
  return `\ufeff${papaparse.unparse(lines, { newline: '\r\n' })}\r\n`;
}

function harmless(cell: Cell): Cell {
  return typeof cell === 'string' && /^[=+\-@\t\r]/u.test(cell) ? `'${cell}` : cell;
}

/**
 * Reads pasted or exported rows of text: with or without a byte order mark, cells by tab, semicolon or comma, quoted cells with line
 * breaks in them, which become LF. A row may be of any length; every cell is trimmed.
 */
export function readCsv(text: string): string[][] {
  const lines = text.replace(/^\ufeff/u, '').replaceAll(/\r\n?/gu, '\n');
  const { data } = papaparse.parse<string[]>(lines, { delimiter: separatorOf(lines), newline: '\n' });
  return data.map((row) => row.map((cell) => cell.trim()));
}

/** The separator that most of the first lines have outside quotes; where several do, a tab before a semicolon before a comma. */
function separatorOf(text: string): string {
  const lines = text
    .slice(0, 20_000)
    .replaceAll(/"(?:[^"]|"")*"/gu, '')
    .split('\n', 50);
  const linesWith = (separator: string) => lines.filter((line) => line.includes(separator)).length;
  return ['\t', ';', ','].reduce((best, other) => (linesWith(other) > linesWith(best) ? other : best));
}
