import { ApiProblem } from '../../../client/core/api.ts';
import type { Refusal } from '../../../shared/core/refusal.ts';
import { problemOf } from '../../../shared/core/refusal.ts';

/** A refusal as it reaches the browser. */
export function aProblem(refusal: Refusal): ApiProblem {
  return new ApiProblem(problemOf(refusal, 'sv', 'request-1'));
}
