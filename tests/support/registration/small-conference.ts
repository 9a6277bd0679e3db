import type { Change } from '../../../server/core/change.ts';
import type { Store } from '../../../server/core/database.ts';
import { conferences, hosts } from '../../../server/conference/tables.ts';
import { insertNewAttendee } from '../../../server/people/attendee-commands.ts';
import { passes, rooms, sessions, workshops } from '../../../server/programme/tables.ts';
import { ownRegistration } from '../../../server/registration/queries.ts';
import { fromIso } from '../../../shared/core/time.ts';

export interface SmallConferenceOptions {
  /** Workshop, pass and seats of each session; passes and workshops come from here. */
  readonly sessions: readonly (readonly [workshop: string, pass: string, seats: number])[];
  readonly attendees: readonly string[];
  readonly picksPerAttendee?: number;
  readonly stage?: 'wishes' | 'picks';
  readonly slug?: string;
}

/** A conference as small as a test needs, by names: ids where the product wants ids. Picks are open, the day is 12 December 2026. */
export class SmallConference {
  readonly id: string;
  readonly slug: string;
  readonly hostId: string;
  readonly #ids = new Map<string, string>();
  readonly #names = new Map<string, string>();

  constructor(change: Change, options: SmallConferenceOptions) {
    const { db, now } = change;
    this.id = change.newId();
    this.hostId = change.newId();
    this.slug = options.slug ?? `konferens-${this.id}`;
    const conferenceId = this.id;
    db.insert(hosts)
      .values({ id: this.hostId, slug: `vard-${this.hostId}`, name: 'Reglab' })
      .run();
    db.insert(conferences)
      .values({
        id: conferenceId,
        hostId: this.hostId,
        slug: this.slug,
        name: 'Utsikt är insikt',
        timeZone: 'Europe/Stockholm',
        language: 'sv',
        stage: options.stage ?? 'picks',
        publishedAt: now,
        picksPerAttendee: options.picksPerAttendee ?? 3,
        picksOpenAt: now - 1000,
        wishesOpenAt: now - 1000,
        createdAt: now,
      })
      .run();
    for (const [workshop, pass, seats] of options.sessions) {
      const passId = this.#made(change, pass, (id) => {
        const startsAt = fromIso('2026-12-12T09:00:00.000Z') + this.#ids.size * 3_600_000;
        db.insert(passes)
          .values({ id, conferenceId, name: pass, startsAt, endsAt: startsAt + 2_700_000 })
          .run();
      });
      const workshopId = this.#made(change, workshop, (id) =>
        db
          .insert(workshops)
          .values({ id, conferenceId, code: workshop, title: `Om ${workshop}`, language: 'sv', position: 0 })
          .run(),
      );
      const roomId = this.#made(change, `${workshop} ${pass} room`, (id) =>
        db
          .insert(rooms)
          .values({ id, conferenceId, name: `Sal ${id}`, capacity: seats, position: 0 })
          .run(),
      );
      this.#made(change, `${workshop} ${pass}`, (id) =>
        db
          .insert(sessions)
          .values({ id, conferenceId, workshopId, passId, roomId, uid: id, changedAt: now })
          .run(),
      );
    }
    for (const name of options.attendees) {
      const person = { name, mail: null, organisationId: null, language: 'sv', importId: null } as const;
      this.#name(name, insertNewAttendee(change, conferenceId, person));
    }
    const placed = options.sessions.map(([workshop, pass]) => this.idOf(`${workshop} ${pass}`));
    change.announce({ kind: 'programme-changed', conferenceId, sessions: placed });
  }

  #made(change: Change, name: string, insert: (id: string) => unknown): string {
    const known = this.#ids.get(name);
    if (known !== undefined) return known;
    const id = change.newId();
    this.#name(name, id);
    insert(id);
    return id;
  }

  #name(name: string, id: string): void {
    this.#ids.set(name, id);
    this.#names.set(id, name);
  }

  /** The id of an attendee, a pass, a workshop (`W1`), a session (`W1 Pass 1`) or its room (`W1 Pass 1 room`). */
  idOf(name: string): string {
    const id = this.#ids.get(name);
    if (id === undefined) throw new RangeError(`nothing is called ${name}`);
    return id;
  }

  nameOf(id: string): string {
    return this.#names.get(id) ?? id;
  }

  /** Who asks for what: `wanted('Anna', 'W1 Pass 1')`. */
  wanted(attendee: string, session: string) {
    const pass = session.slice(session.indexOf(' ') + 1);
    return {
      conferenceId: this.id,
      attendeeId: this.idOf(attendee),
      passId: this.idOf(pass),
      sessionId: this.idOf(session),
    };
  }

  /** The sessions an attendee has seats in, by name. */
  seatsOf(store: Store, attendee: string): string[] {
    return ownRegistration(store.db, this.idOf(attendee)).picks.map(({ session }) => this.nameOf(session));
  }

  /** The queues an attendee is in with their place: `W1 Pass 1 #2`. */
  queuesOf(store: Store, attendee: string): string[] {
    const { waitlist } = ownRegistration(store.db, this.idOf(attendee));
    return waitlist.map(({ session, position }) => `${this.nameOf(session)} #${position}`);
  }
}

export function smallConference(store: Store, options: SmallConferenceOptions): Promise<SmallConference> {
  return store.write({ kind: 'system' }, (change) => new SmallConference(change, options));
}
