// Reads what a search for shortest paths (Bellman–Ford) has noted: by node, its parent on the best way to it; −1 at a start.

/** The nodes on the way to a node, or of the cycle through it, in the order in which it goes. */
export function pathTo(parent: Int32Array, end: number): number[] {
  const path = [end];
  for (let node = parent[end]!; node >= 0; node = parent[node]!) {
    path.push(node);
    if (node === end) break;
  }
  return path.toReversed();
}

/** A node of a negative cycle that one of the given nodes leads back to; −1 where there is none. Writes over `mark`, which is as long as `parent`. */
export function cycleAmong(nodes: Iterable<number>, parent: Int32Array, mark: Int32Array): number {
  mark.fill(0);
  let chain = 0;
  for (const start of nodes) {
    chain++;
    let node = start;
    // What an earlier chain went through ends in no cycle.
    while (node >= 0 && mark[node] === 0) {
      mark[node] = chain;
      node = parent[node]!;
    }
    if (node >= 0 && mark[node] === chain) return node;
  }
  return -1;
}
