/**
 * Registration as one would explain it on paper, to hold the real one against: lists of names and nothing else. Sessions are
 * called by workshop and pass, `W1 Pass 1`. Every command answers `ok` or the code of the refusal.
 */
export interface Model {
  take(who: string, session: string, waitlist: boolean): string;
  release(who: string, pass: string): string;
  leave(who: string, session: string): string;
  /** What someone waits for in a pass, most wanted first. */
  waitsFor(who: string, pass: string): string[];
  order(who: string, pass: string, sessions: readonly string[]): string;
  neverAfter(who: string, on: boolean): string;
  offer(who: string, wants: string): string;
  accept(who: string, owner: string, pass: string): string;
  resize(session: string, seats: number): string;
  /** Opens or closes choosing. */
  window(open: boolean): string;
  /** The morning of the day has come: those who said so are not moved any more, and old offers have expired. */
  morning(): string;
  state(): { seats: string[]; queues: string[]; offers: string[] };
  /** Free seats that someone waits for who may have them. There never are any. */
  unserved(): string[];
}

interface Entry {
  readonly who: string;
  readonly session: string;
  /** Why they were passed over, the first time. */
  told?: string;
}

interface Offer {
  readonly owner: string;
  readonly gives: string;
  readonly wants: string;
}

const workshopOf = (session: string) => session.slice(0, session.indexOf(' '));
const passOf = (session: string) => session.slice(session.indexOf(' ') + 1);

export function createModel(sizes: Readonly<Record<string, number>>, limit: number): Model {
  const size = new Map(Object.entries(sizes));
  let held: Entry[] = [];
  let queue: Entry[] = [];
  let offers: Offer[] = [];
  /** Everybody's own order of what they wait for, most wanted first. */
  let wanted: Entry[] = [];
  let left: string[] = [];
  const unmoved = new Set<string>();
  let open = true;
  let late = false;

  const free = (session: string) => size.get(session)! > held.filter((e) => e.session === session).length;
  const of = (who: string) => held.filter((e) => e.who === who).map((e) => e.session);
  const inPass = (who: string, pass: string) => of(who).find((session) => passOf(session) === pass);
  const is = (a: Entry, b: Entry) => a.who === b.who && a.session === b.session;

  function whyNot(who: string, session: string): string | null {
    const others = of(who).filter((s) => passOf(s) !== passOf(session));
    if (others.some((s) => workshopOf(s) === workshopOf(session))) return 'same-workshop';
    const adds = inPass(who, passOf(session)) === undefined;
    return adds && others.length >= limit ? 'enough-picks' : null;
  }

  const whyNotMove = (who: string, session: string) =>
    late && unmoved.has(who) ? 'not-moved-after' : whyNot(who, session);

  function stopWaiting(stops: (entry: Entry) => boolean): void {
    queue = queue.filter((e) => !stops(e));
    wanted = wanted.filter((e) => !stops(e));
  }

  function stand(who: string, pass: string): void {
    held = held.filter((e) => e.who !== who || passOf(e.session) !== pass);
    offers = offers.filter((o) => o.owner !== who || passOf(o.gives) !== pass);
  }

  function sit(who: string, session: string): void {
    stand(who, passOf(session));
    held.push({ who, session });
    stopWaiting((e) => is(e, { who, session }));
  }

  function waitsFor(who: string, pass: string): string[] {
    return wanted.filter((e) => e.who === who && passOf(e.session) === pass).map((e) => e.session);
  }

  /** Anyone who can move up does, until no one can. Sessions are settled in the order in which they got a free seat. */
  function settle(start: readonly string[]): void {
    const toDo = [...start];
    for (let here = toDo.shift(); here !== undefined; here = toDo.shift()) {
      const session = here;
      for (const entry of queue.filter((e) => e.session === session)) {
        if (!free(session)) break;
        const no = whyNotMove(entry.who, session);
        if (no !== null) {
          entry.told ??= no;
          continue;
        }
        const before = inPass(entry.who, passOf(session));
        const list = waitsFor(entry.who, passOf(session));
        const less = list.slice(list.indexOf(session) + 1);
        stopWaiting((e) => e.who === entry.who && less.includes(e.session));
        sit(entry.who, session);
        if (before !== undefined) toDo.push(before, ...freeWaitedFor(entry.who));
      }
    }
  }

  function freeWaitedFor(who: string): string[] {
    return queue.filter((e) => e.who === who && free(e.session)).map((e) => e.session);
  }

  const departures = (who: string, session: string) => left.filter((l) => l === `${who}: ${session}`).length;

  return {
    take(who, session, waitlist) {
      if (!open) return 'window-closed';
      const no = whyNot(who, session);
      if (no !== null) return no;
      if (free(session)) settle([session]);
      const here = inPass(who, passOf(session));
      if (here === session) return 'ok';
      const noMore = whyNot(who, session);
      if (noMore !== null) return noMore;
      if (!free(session)) {
        if (!waitlist) return 'full';
        if (!queue.some((e) => is(e, { who, session }))) {
          queue.push({ who, session });
          wanted.push({ who, session });
        }
        return 'ok';
      }
      if (departures(who, session) >= 4) return 'too-often';
      sit(who, session);
      if (here === undefined) return 'ok';
      left.push(`${who}: ${here}`);
      settle([here, ...freeWaitedFor(who)]);
      return 'ok';
    },
    release(who, pass) {
      if (!open) return 'window-closed';
      const session = inPass(who, pass);
      if (session === undefined) return 'nothing-to-release';
      stand(who, pass);
      left.push(`${who}: ${session}`);
      settle([session, ...freeWaitedFor(who)]);
      return 'ok';
    },
    leave(who, session) {
      stopWaiting((e) => is(e, { who, session }));
      return 'ok';
    },
    waitsFor,
    order(who, pass, sessions) {
      wanted = wanted.filter((e) => e.who !== who || passOf(e.session) !== pass);
      wanted.push(...sessions.map((session) => ({ who, session })));
      return 'ok';
    },
    neverAfter(who, on) {
      if (on) unmoved.add(who);
      else unmoved.delete(who);
      settle(freeWaitedFor(who));
      return 'ok';
    },
    offer(who, wants) {
      const gives = inPass(who, passOf(wants));
      if (gives === undefined || gives === wants) return 'nothing-to-offer';
      if (!open) return 'window-closed';
      const no = whyNot(who, wants);
      if (no !== null) return no;
      offers = offers.filter((o) => o.owner !== who || passOf(o.gives) !== passOf(wants));
      offers.push({ owner: who, gives, wants });
      return 'ok';
    },
    accept(who, owner, pass) {
      const offer = offers.find((o) => o.owner === owner && passOf(o.gives) === pass);
      if (!offer) return 'offer-gone';
      if (who === owner) return 'own-offer';
      if (inPass(who, pass) !== offer.wants) return 'seat-not-held';
      if (!open) return 'window-closed';
      const no = whyNot(who, offer.gives) ?? (whyNot(owner, offer.wants) && 'offer-gone');
      if (no !== null) return no;
      sit(owner, offer.wants);
      sit(who, offer.gives);
      settle([...freeWaitedFor(owner), ...freeWaitedFor(who)]);
      return 'ok';
    },
    resize(session, seats) {
      if (held.filter((e) => e.session === session).length > seats) return 'capacity-below-taken';
      size.set(session, seats);
      settle([session]);
      return 'ok';
    },
    window(opens) {
      open = opens;
      return 'ok';
    },
    morning() {
      if (!late) [offers, left] = [[], []];
      late = true;
      return 'ok';
    },
    state: () => ({
      seats: held.map((e) => `${e.who}: ${e.session}`).sort(),
      queues: queue.map((e) => {
        const rank = waitsFor(e.who, passOf(e.session)).indexOf(e.session) + 1;
        return `${e.who}: ${e.session}, wanted ${rank}, ${e.told ?? 'not passed over'}`;
      }),
      offers: offers.map(({ owner, gives, wants }) => `${owner}: ${gives} for ${wants}`).sort(),
    }),
    unserved: () =>
      queue
        .filter((e) => free(e.session) && whyNotMove(e.who, e.session) === null)
        .map((e) => `${e.who}: ${e.session}`),
  };
}
