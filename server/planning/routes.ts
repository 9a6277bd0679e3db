import { randomInt } from 'node:crypto';
import {
  cancelPlan as cancelCall,
  findInPlan as findCall,
  followPlan as followCall,
  getPlan as getCall,
  listPlans as listCall,
  publishPlan as publishCall,
  runPlan as runCall,
} from '../../shared/planning/contract.ts';
import type { PlanProgress } from '../../shared/planning/vocabulary.ts';
import { conferenceForActor } from '../conference/queries.ts';
import type { App } from '../core/http/app-type.ts';
import { formatEvent, streamEvents } from '../core/http/events.ts';
import { serve, serveChange } from '../core/http/serve.ts';
import { failAbandonedPlans, startPlan } from './commands.ts';
import { publishPlan } from './publish-commands.ts';
import { listPlans, planAnswer, planOf, type PlanRow, planSummary } from './queries.ts';
import { planPeople } from './result-queries.ts';
import { createPlanRuns } from './runs.ts';

export default function routes(app: App): void {
  const runs = createPlanRuns(app.store, app.clock);
  app.addHook('onReady', () => app.store.write({ kind: 'system' }, failAbandonedPlans));
  app.addHook('preClose', (done) => {
    runs.stop();
    done();
  });

  serve(app, listCall, (call) => {
    const conference = conferenceForActor(call, call.params.slug);
    return { items: listPlans(call.db, conference.id).map((plan) => planSummary(plan, conference)) };
  });

  serveChange(app, runCall, (change, { params, body }) => {
    const conference = conferenceForActor(change, params.slug);
    const plan = startPlan(change, conference.id, { ...body, seed: body.seed ?? randomInt(100_000) });
    change.afterCommit(() => runs.begin({ plan, seconds: body.seconds }));
    return planSummary(plan, conference);
  });

  serve(app, getCall, (call) => {
    const conference = conferenceForActor(call, call.params.slug);
    return planAnswer(planOf(call.db, conference.id, call.params.planId), conference);
  });

  serve(app, findCall, (call) => {
    const { id } = conferenceForActor(call, call.params.slug);
    return { items: planPeople(call.db, planOf(call.db, id, call.params.planId), call.query.find) };
  });

  serve(app, followCall, (call) => {
    const plan = planOf(call.db, conferenceForActor(call, call.params.slug).id, call.params.planId);
    return streamEvents(app, call, (stream) => {
      const send = (progress: PlanProgress) => stream.send(formatEvent('progress', progress));
      const stop = runs.follow(plan.id, send, () => stream.close());
      if (stop) return stop;
      send(finalProgress(plan));
      stream.close();
      return () => undefined;
    });
  });

  serve(app, cancelCall, async (call) => {
    const conference = conferenceForActor(call, call.params.slug);
    const { id } = planOf(call.db, conference.id, call.params.planId);
    await runs.cancel(id);
    return planSummary(planOf(call.db, conference.id, id), conferenceForActor(call, call.params.slug));
  });

  serveChange(app, publishCall, (change, { params }) => {
    const { id } = conferenceForActor(change, params.slug);
    const plan = publishPlan(change, id, params.planId);
    return planAnswer(plan, conferenceForActor(change, params.slug));
  });
}

/** What there is to follow of a plan that has ended. */
function finalProgress(plan: PlanRow): PlanProgress {
  const { state, seconds, value, bound, gap } = plan;
  return { state, seconds: seconds ?? 0, value, bound, gap, trying: '' };
}
