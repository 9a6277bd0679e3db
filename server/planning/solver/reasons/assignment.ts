/**
 * The largest total weight when each row takes at most one column and each column serves at most one row: the Hungarian method with
 * potentials (Kuhn, Munkres), O(rows² · columns). Weights are at least 0; −Infinity where a row may not take a column.
 */
export function largestAssignment(
  rows: number,
  columns: number,
  weight: (row: number, column: number) => number,
): number {
  // A column of its own for each row, worth nothing, stands for taking none.
  const all = columns + rows;
  const rowPrice = new Float64Array(rows + 1);
  const price = new Float64Array(all + 1);
  const holder = new Int32Array(all + 1);
  const from = new Int32Array(all + 1);
  const cost = (row: number, column: number): number =>
    column > columns ? (column - columns === row ? 0 : Infinity) : -weight(row - 1, column - 1);
  for (let row = 1; row <= rows; row++) {
    holder[0] = row;
    const least = new Float64Array(all + 1).fill(Infinity);
    const used = new Uint8Array(all + 1);
    let at = 0;
    do {
      used[at] = 1;
      const current = holder[at]!;
      let step = Infinity;
      let next = 0;
      for (let column = 1; column <= all; column++) {
        if (used[column]) continue;
        const slack = cost(current, column) - rowPrice[current]! - price[column]!;
        if (slack < least[column]!) {
          least[column] = slack;
          from[column] = at;
        }
        if (least[column]! < step) {
          step = least[column]!;
          next = column;
        }
      }
      for (let column = 0; column <= all; column++) {
        if (used[column]) {
          rowPrice[holder[column]!]! += step;
          price[column]! -= step;
        } else least[column]! -= step;
      }
      at = next;
    } while (holder[at] !== 0);
    while (at !== 0) {
      const before = from[at]!;
      holder[at] = holder[before]!;
      at = before;
    }
  }
  let total = 0;
  for (let column = 1; column <= columns; column++) {
    if (holder[column]! > 0) total += weight(holder[column]! - 1, column - 1);
  }
  return total;
}
