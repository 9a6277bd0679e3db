import type { App } from '../core/http/app-type.ts';
import { createLiveSeats, type LiveSeats } from './live-seats.ts';
import { createPublicProgrammes, type PublicProgrammes } from './public-programme.ts';
import { createQueues, type Queues } from './queues.ts';

/** What the server keeps in memory of what everybody reads. It follows what is committed. */
export interface Memory {
  readonly seats: LiveSeats;
  readonly programmes: PublicProgrammes;
  readonly queues: Queues;
}

const memories = new WeakMap<App, Memory>();

/** The memory of a server: one, however many of its pages and routes ask. */
export function memoryOf(app: App): Memory {
  const known = memories.get(app);
  if (known) return known;
  const seats = createLiveSeats(app.store);
  const programmes = createPublicProgrammes(app.store, seats);
  app.store.follow(seats.follow);
  app.store.follow(programmes.follow);
  app.addHook('onClose', () => seats.close());
  const memory = { seats, programmes, queues: createQueues(app.store) };
  memories.set(app, memory);
  return memory;
}
