import { setTimeout as after } from 'node:timers/promises';
import type { Board } from '../../shared/overview/contract.ts';
import type { Plan } from '../../shared/planning/vocabulary.ts';
import type { Answer } from '../support/api-client.ts';
import { slug, type World } from './world.ts';

/** What an answer holds. Throws where it is a refusal. */
export async function held<T>(answer: Promise<Answer<T>>): Promise<T> {
  const { status, body } = await answer;
  if (status >= 400) throw new Error(`${status} ${JSON.stringify(body)}`);
  return body;
}

export function boardOf({ organiser }: World): Promise<Board> {
  return held(organiser.get<Board>(`/api/conferences/${slug}/board`));
}

/** Places workshops in the order of their codes, row by row, until so large a share of them stand. */
export async function placeSome(world: World, share: number): Promise<void> {
  const { passes, rooms, workshops } = await boardOf(world);
  const cells = rooms.flatMap((room) => passes.map((pass) => ({ roomId: room.id, passId: pass.id })));
  let next = 0;
  for (const cell of cells) {
    const workshop = workshops[next];
    if (!workshop || next >= workshops.length * share) return;
    // Where its presenter gives another workshop in that pass, the next cell may do.
    // oxlint-disable-next-line no-await-in-loop -- one after another, as an organiser does
    const { status } = await world.organiser.send('POST', `/api/conferences/${slug}/sessions`, {
      workshopId: workshop.id,
      ...cell,
    });
    if (status < 300) next++;
  }
}

const plans = `/api/conferences/${slug}/plans`;

/** Computes a plan and waits for it. */
export async function planFor(
  { organiser }: World,
  { objective = 'ranks', timetable = 'free', seconds = 20 } = {},
): Promise<Plan> {
  const { id } = await held(organiser.send<Plan>('POST', plans, { objective, timetable, seconds }));
  for (;;) {
    // oxlint-disable-next-line no-await-in-loop -- asked again until it is done
    const plan = await held(organiser.get<Plan>(`${plans}/${id}`));
    if (plan.state !== 'running') return plan;
    // oxlint-disable-next-line no-await-in-loop
    await after(300);
  }
}

/** Computes a plan and publishes it. */
export async function publishPlanFor(world: World): Promise<void> {
  const { id } = await planFor(world);
  await held(world.organiser.send('PUT', `${plans}/${id}/publication`));
}
