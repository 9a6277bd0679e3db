import { randomInt } from 'node:crypto';
import {
  addPin as addPinCall,
  cancelPlan as cancelCall,
  costOfMoves as costsCall,
  findInPlan as findCall,
  followPlan as followCall,
  getPlan as getCall,
  listMoves as movesCall,
  listPins as pinsCall,
  listPlans as listCall,
  pricePlan as pricesCall,
  publishPlan as publishCall,
  removePin as removePinCall,
  runPlan as runCall,
} from '../../shared/planning/contract.ts';
import type { PlanProgress } from '../../shared/planning/vocabulary.ts';
import { conferenceForActor } from '../conference/queries.ts';
import type { App } from '../core/http/app-type.ts';
import { formatEvent, streamEvents } from '../core/http/events.ts';
import { serve, serveChange } from '../core/http/serve.ts';
import { failAbandonedPlans, keepPrices, startPlan } from './commands.ts';
import { planMoves } from './moves-queries.ts';
import { addPin, removePin } from './pins-commands.ts';
import { listPins } from './pins-queries.ts';
import { planPrices, priceQuestion } from './price-queries.ts';
import { publishPlan } from './publish-commands.ts';
import { listPlans, planAnswer, planOf, type PlanRow, planSummary } from './queries.ts';
import { planPeople } from './result-queries.ts';
import { createPlanRuns } from './runs.ts';
import { askMoveCosts, askPrices, stopAsking } from './solver/questions.ts';
import { moveCosts, moveQuestion } from './whatif-queries.ts';

export default function routes(app: App): void {
  const runs = createPlanRuns(app.store, app.clock);
  app.addHook('onReady', () => app.store.write({ kind: 'system' }, failAbandonedPlans));
  app.addHook('preClose', (done) => {
    runs.stop();
    stopAsking();
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
    return planAnswer(call.db, planOf(call.db, conference.id, call.params.planId), conference);
  });

  serve(app, findCall, (call) => {
    const { id } = conferenceForActor(call, call.params.slug);
    return { items: planPeople(call.db, planOf(call.db, id, call.params.planId), call.query.find) };
  });

  serve(app, movesCall, (call) => {
    const { id } = conferenceForActor(call, call.params.slug);
    return { items: planMoves(call.db, planOf(call.db, id, call.params.planId)) };
  });

  serve(app, pricesCall, async (call) => {
    const conference = conferenceForActor(call, call.params.slug);
    const plan = planOf(call.db, conference.id, call.params.planId);
    const question = priceQuestion(call.db, plan);
    const prices = planPrices(question, await askPrices(question.task));
    return call.write((change) => planAnswer(change.db, keepPrices(change, plan, prices), conference));
  });

  serve(app, costsCall, async (call) => {
    const { id } = conferenceForActor(call, call.params.slug);
    const question = moveQuestion(call.db, id, call.body);
    const found = await askMoveCosts(question.task);
    return { held: question.held, items: moveCosts(question, found) };
  });

  serve(app, pinsCall, (call) => ({
    items: listPins(call.db, conferenceForActor(call, call.params.slug).id),
  }));

  serveChange(app, addPinCall, (change, { params, body }) =>
    addPin(change, conferenceForActor(change, params.slug).id, body),
  );

  serveChange(app, removePinCall, (change, { params }) =>
    removePin(change, conferenceForActor(change, params.slug).id, params.pinId),
  );

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
    return planAnswer(change.db, plan, conferenceForActor(change, params.slug));
  });
}

/** What there is to follow of a plan that has ended. */
function finalProgress(plan: PlanRow): PlanProgress {
  const { state, seconds, value, bound, gap } = plan;
  return { state, seconds: seconds ?? 0, value, bound, gap, trying: '' };
}
