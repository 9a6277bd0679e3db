/**
 * Registration as one would explain it on paper, to hold the real one against: lists of names and nothing else. Sessions are
 * called by workshop and pass, `W1 Pass 1`.
 */
export interface Model {
  take(who: string, session: string, waitlist: boolean): string;
  release(who: string, pass: string): string;
  leave(who: string, session: string): string;
  resize(session: string, seats: number): string;
  state(): { seats: string[]; queues: string[] };
  /** Free seats that someone waits for who may have them. There never are any. */
  unserved(): string[];
}

interface Entry {
  readonly who: string;
  readonly session: string;
}

const workshopOf = (session: string) => session.slice(0, session.indexOf(' '));
const passOf = (session: string) => session.slice(session.indexOf(' ') + 1);

export function createModel(sizes: Readonly<Record<string, number>>, limit: number): Model {
  const size = new Map(Object.entries(sizes));
  let held: Entry[] = [];
  let queue: Entry[] = [];

  const free = (session: string) => size.get(session)! > held.filter((e) => e.session === session).length;
  const of = (who: string) => held.filter((e) => e.who === who).map((e) => e.session);
  const inPass = (who: string, pass: string) => of(who).find((session) => passOf(session) === pass);

  function whyNot(who: string, session: string): string | null {
    const others = of(who).filter((s) => passOf(s) !== passOf(session));
    if (others.some((s) => workshopOf(s) === workshopOf(session))) return 'same-workshop';
    const adds = inPass(who, passOf(session)) === undefined;
    return adds && others.length >= limit ? 'enough-picks' : null;
  }

  function sit(who: string, session: string): void {
    held = held.filter((e) => e.who !== who || passOf(e.session) !== passOf(session));
    held.push({ who, session });
    queue = queue.filter((e) => e.who !== who || e.session !== session);
  }

  /** Anyone who can move up does, until no one can. Sessions are settled in the order in which they got a free seat. */
  function settle(start: readonly string[]): void {
    const open = [...start];
    for (let session = open.shift(); session !== undefined; session = open.shift()) {
      const here = session;
      for (const entry of queue.filter((e) => e.session === here)) {
        if (!free(here) || whyNot(entry.who, here) !== null) continue;
        const left = inPass(entry.who, passOf(here));
        const place = queue.indexOf(entry);
        queue = queue.filter(
          (e, i) => e.who !== entry.who || passOf(e.session) !== passOf(here) || i < place,
        );
        sit(entry.who, here);
        if (left !== undefined) open.push(left, ...freeWaitedFor(entry.who));
      }
    }
  }

  function freeWaitedFor(who: string): string[] {
    return queue.filter((e) => e.who === who && free(e.session)).map((e) => e.session);
  }

  return {
    take(who, session, waitlist) {
      const no = whyNot(who, session);
      if (no !== null) return no;
      const here = inPass(who, passOf(session));
      if (here === session) return 'ok';
      if (!free(session)) {
        if (!waitlist) return 'full';
        if (!queue.some((e) => e.who === who && e.session === session)) queue.push({ who, session });
        return 'ok';
      }
      sit(who, session);
      if (here !== undefined) settle([here, ...freeWaitedFor(who)]);
      return 'ok';
    },
    release(who, pass) {
      const session = inPass(who, pass);
      if (session === undefined) return 'nothing-to-release';
      held = held.filter((e) => e.who !== who || e.session !== session);
      settle([session, ...freeWaitedFor(who)]);
      return 'ok';
    },
    leave(who, session) {
      queue = queue.filter((e) => e.who !== who || e.session !== session);
      return 'ok';
    },
    resize(session, seats) {
      if (held.filter((e) => e.session === session).length > seats) return 'capacity-below-taken';
      size.set(session, seats);
      settle([session]);
      return 'ok';
    },
    state: () => ({
      seats: held.map((e) => `${e.who}: ${e.session}`).sort(),
      queues: queue.map((e) => `${e.who}: ${e.session}`),
    }),
    unserved: () =>
      queue
        .filter((e) => free(e.session) && whyNot(e.who, e.session) === null)
        .map((e) => `${e.who}: ${e.session}`),
  };
}
