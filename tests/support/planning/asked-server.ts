import { expect, vi } from 'vitest';
import { buildConference, type BuiltConference } from '../../../seeds/conference.ts';
import { createSignInLink } from '../../../server/people/sign-in-commands.ts';
import type { Stage } from '../../../shared/conference/stages.ts';
import type { Plan, PlanSummary } from '../../../shared/planning/vocabulary.ts';
import type { Answer } from '../api-client.ts';
import { cookieOf, operator } from '../cast.ts';
import { testServer, type TestServer } from '../server.ts';

type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';

/** A server with a small conference at a stage, asked by its organiser. */
export interface AskedServer {
  readonly server: TestServer;
  readonly built: BuiltConference;
  call<T>(method: Method, path: string, payload?: object): Promise<Answer<T>>;
  /** Runs a plan to its end. */
  planned(wanted: object): Promise<Plan>;
}

export async function askedServer(
  stage: Stage,
  sizes: { attendees: number; workshops: number; rooms: number; passes: number },
): Promise<AskedServer> {
  const server = await testServer();
  const built = await buildConference(server.store, { stage, now: server.clock.now(), ...sizes });
  const token = await server.store.write(operator, (change) => createSignInLink(change, built.organiserId));
  const signedIn = await server.app.inject({
    method: 'POST',
    url: '/api/session/organiser',
    payload: { token },
  });
  const headers = { cookie: cookieOf(signedIn), 'sec-fetch-site': 'same-origin' };
  const call = async <T>(method: Method, path: string, payload?: object): Promise<Answer<T>> => {
    const url = `/api/conferences/${built.slug}/${path}`;
    const answer = await server.app.inject({ method, url, headers, ...(payload && { payload }) });
    return { status: answer.statusCode, body: answer.json() as T };
  };
  const planned = async (wanted: object): Promise<Plan> => {
    const { body } = await call<PlanSummary>('POST', 'plans', {
      objective: 'ranks',
      timetable: 'free',
      seconds: 5,
      seed: 1,
      ...wanted,
    });
    return vi.waitFor(
      async () => {
        const plan = await call<Plan>('GET', `plans/${body.id}`);
        expect(plan.body.state).not.toBe('running');
        return plan.body;
      },
      { timeout: 15_000, interval: 50 },
    );
  };
  return { server, built, call, planned };
}
