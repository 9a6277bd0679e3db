/**
 * Demands that together have fewer places than they are: the overdetermined part of the Dulmage–Mendelsohn decomposition, found from
 * a maximum matching (Kuhn), split into parts that share no place. `domains` lists the places that suit each demand.
 */
export function hallSets(domains: readonly (readonly number[])[], places: number): number[][] {
  const holder = new Int32Array(places).fill(-1);
  const seen = new Int32Array(places).fill(-1);
  const place = (demand: number, round: number): boolean => {
    for (const at of domains[demand]!) if (holder[at] === -1) return take(demand, at);
    for (const at of domains[demand]!) {
      if (seen[at] === round) continue;
      seen[at] = round;
      if (place(holder[at]!, round)) return take(demand, at);
    }
    return false;
  };
  const take = (demand: number, at: number): boolean => {
    holder[at] = demand;
    return true;
  };
  const left = [...domains.keys()].filter((demand) => !place(demand, demand));
  const sets: number[][] = [];
  const done = new Set<number>();
  const setOf = new Int32Array(places).fill(-1);
  for (const demand of left) {
    if (done.has(demand)) continue;
    const set = sets.length;
    const members: number[] = [];
    sets.push(members);
    const queue = [demand];
    done.add(demand);
    for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
      members.push(next);
      for (const at of domains[next]!) {
        if (setOf[at] === set) continue;
        const other = setOf[at]!;
        if (other >= 0) {
          // Places reached from an earlier set: one shortage.
          members.push(...sets[other]!.splice(0));
          for (let i = 0; i < places; i++) if (setOf[i] === other) setOf[i] = set;
          continue;
        }
        setOf[at] = set;
        const held = holder[at]!;
        if (held < 0 || done.has(held)) continue;
        done.add(held);
        queue.push(held);
      }
    }
  }
  return sets.filter((members) => members.length > 0);
}
