/**
 * The most valuable assignment of rows to different columns, rows ≤ columns (Kuhn–Munkres, O(rows² · columns)).
 * `worth(row, column)` is finite, or −Infinity where forbidden. `column[row]` holds the answer; the value is −Infinity where
 * there is none.
 */
export class AssignmentSolver {
  readonly column: Int32Array;
  private readonly rowPrice: Float64Array;
  private readonly columnPrice: Float64Array;
  private readonly match: Int32Array;
  private readonly way: Int32Array;
  private readonly slack: Float64Array;
  private readonly used: Uint8Array;

  constructor(size: number) {
    this.column = new Int32Array(size);
    this.rowPrice = new Float64Array(size + 1);
    this.columnPrice = new Float64Array(size + 1);
    this.match = new Int32Array(size + 1);
    this.way = new Int32Array(size + 1);
    this.slack = new Float64Array(size + 1);
    this.used = new Uint8Array(size + 1);
  }

  solve(rows: number, columns: number, worth: (row: number, column: number) => number): number {
    const { rowPrice, columnPrice, match, way, slack, used, column } = this;
    if (rows > columns) return -Infinity;
    // Worse than any sum of real worths, so that a forbidden pair is chosen only where there is no other way.
    const forbidden = 1e9;
    const costOf = (row: number, col: number): number => {
      const value = worth(row, col);
      return value === -Infinity ? forbidden : -value;
    };
    rowPrice.fill(0);
    columnPrice.fill(0);
    match.fill(0);
    for (let row = 1; row <= rows; row++) {
      match[0] = row;
      let at = 0;
      slack.fill(Infinity);
      used.fill(0);
      do {
        used[at] = 1;
        const i = match[at]!;
        let delta = Infinity;
        let next = 0;
        for (let j = 1; j <= columns; j++) {
          if (used[j]) continue;
          const cost = costOf(i - 1, j - 1) - rowPrice[i]! - columnPrice[j]!;
          if (cost < slack[j]!) {
            slack[j] = cost;
            way[j] = at;
          }
          if (slack[j]! < delta) {
            delta = slack[j]!;
            next = j;
          }
        }
        for (let j = 0; j <= columns; j++) {
          if (used[j]) {
            rowPrice[match[j]!]! += delta;
            columnPrice[j]! -= delta;
          } else slack[j]! -= delta;
        }
        at = next;
      } while (match[at] !== 0);
      while (at !== 0) {
        const before = way[at]!;
        match[at] = match[before]!;
        at = before;
      }
    }
    let total = 0;
    for (let j = 1; j <= columns; j++) {
      if (match[j] === 0) continue;
      column[match[j]! - 1] = j - 1;
      total += worth(match[j]! - 1, j - 1);
    }
    return total;
  }
}
