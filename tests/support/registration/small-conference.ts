import type { Change } from '../../../server/core/change.ts';
import type { Store } from '../../../server/core/database.ts';
import {
  changeStage,
  createConference,
  createHost,
  editSettings,
  publishProgramme,
} from '../../../server/conference/commands.ts';
import { addAttendee } from '../../../server/people/attendee-commands.ts';
import { addPass } from '../../../server/programme/pass-commands.ts';
import { addRoom } from '../../../server/programme/room-commands.ts';
import { placeWorkshop } from '../../../server/programme/session-commands.ts';
import { addWorkshop } from '../../../server/programme/workshop-commands.ts';
import { chosenBy } from './own-registration.ts';
import { toIso } from '../../../shared/core/time.ts';

export interface SmallConferenceOptions {
  /** Workshop, pass and seats of each session; passes and workshops come from here. */
  readonly sessions: readonly (readonly [workshop: string, pass: string, seats: number])[];
  readonly attendees: readonly string[];
  readonly picksPerAttendee?: number;
  readonly stage?: 'wishes' | 'picks';
  readonly slug?: string;
  /** 12 December 2026 where left out. */
  readonly day?: string;
}

/** A conference as small as a test needs, made by the product's own commands, by names: ids where the product wants ids. Picks are open. */
export class SmallConference {
  readonly id: string;
  readonly slug: string;
  readonly hostId: string;
  readonly #ids = new Map<string, string>();
  readonly #names = new Map<string, string>();
  #passes = 0;

  constructor(change: Change, options: SmallConferenceOptions) {
    const { now } = change;
    const slug = options.slug ?? `konferens-${change.newId()}`;
    this.slug = slug;
    this.hostId = createHost(change, { slug: `vard-${change.newId()}`, name: 'Reglab' });
    this.id = createConference(change, this.hostId, {
      slug,
      name: 'Utsikt är insikt',
      timeZone: 'Europe/Stockholm',
      language: 'sv',
    }).id;
    const opened = { opensAt: toIso(now - 1000), closesAt: null };
    editSettings(change, this.id, {
      rules: { picksPerAttendee: options.picksPerAttendee ?? 3 },
      windows: { wishes: opened, picks: opened },
    });
    publishProgramme(change, this.id);
    for (const pass of distinct(options.sessions.map((session) => session[1])))
      this.#addPass(change, pass, options.day ?? '2026-12-12');
    for (const workshop of distinct(options.sessions.map(([workshop]) => workshop))) {
      const maxOfferings = options.sessions.filter(([code]) => code === workshop).length;
      const { id } = addWorkshop(change, this.id, { code: workshop, title: `Om ${workshop}`, maxOfferings });
      this.#name(workshop, id);
    }
    for (const [workshop, pass, capacity] of options.sessions) {
      const session = `${workshop} ${pass}`;
      const roomId = addRoom(change, this.id, { name: `Sal ${session}`, capacity }).id;
      this.#name(`${session} room`, roomId);
      const [workshopId, passId] = [this.idOf(workshop), this.idOf(pass)];
      this.#name(session, placeWorkshop(change, this.id, { workshopId, passId, roomId }).id);
    }
    for (const name of options.attendees) this.#name(name, addAttendee(change, this.id, { name }).id);
    changeStage(change, this.id, options.stage ?? 'picks');
  }

  /** The first pass is from 10 to 10:45 in Stockholm, each other an hour later. */
  #addPass(change: Change, name: string, day: string): void {
    const hour = 10 + this.#passes++;
    const { id } = addPass(change, this.id, {
      name,
      startsAt: `${day}T${hour}:00`,
      endsAt: `${day}T${hour}:45`,
    });
    this.#name(name, id);
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
    return chosenBy(store.db, this.idOf(attendee)).picks.map(({ session }) => this.nameOf(session));
  }

  /** The queues an attendee is in with their place: `W1 Pass 1 #2`. */
  queuesOf(store: Store, attendee: string): string[] {
    const { waitlist } = chosenBy(store.db, this.idOf(attendee));
    return waitlist.map(({ session, position }) => `${this.nameOf(session)} #${position}`);
  }
}

function distinct(names: readonly string[]): string[] {
  return [...new Set(names)];
}

export function smallConference(store: Store, options: SmallConferenceOptions): Promise<SmallConference> {
  return store.write({ kind: 'system' }, (change) => new SmallConference(change, options));
}
