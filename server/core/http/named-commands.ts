import type { z } from 'zod';
import type { Endpoint } from '../../../shared/core/endpoint.ts';
import { refuseIf } from '../../../shared/core/refusal.ts';
import type { Change } from '../change.ts';
import type { NamedCall, Perform, WhyNoLonger } from '../named-call.ts';
import { attemptOf, onceAsText } from './idempotency.ts';

/** The whole answer of an endpoint, made inside the transaction that does what it asks. */
export interface NamedCommand {
  readonly name: string;
  readonly command: (change: Change, call: NamedCall) => unknown;
}

/** Gives the command of an endpoint its name; what it gets of the call has been parsed by the endpoint's schemas. */
export function nameCommand<
  P extends z.ZodType,
  Q extends z.ZodType,
  B extends z.ZodType,
  Out extends z.ZodType,
>(
  endpoint: Endpoint<P, Q, B, Out>,
  command: (
    change: Change,
    call: {
      readonly params: z.output<P>;
      readonly query: z.output<Q>;
      readonly body: z.output<B>;
      url: string;
    },
  ) => z.input<Out>,
): NamedCommand {
  return { name: endpoint.name, command: command as NamedCommand['command'] };
}

/** Runs calls of these commands: asks who may once more, and under an Idempotency-Key does them once. */
export function performer(commands: readonly NamedCommand[], whyNoLonger: WhyNoLonger): Perform {
  const known = new Map(commands.map(({ name, command }) => [name, command]));
  return (change, call) => {
    if (call.credential) refuseIf(whyNoLonger(change, call.credential));
    const command = known.get(call.name);
    if (command === undefined) throw new RangeError(`no command is named ${call.name}`);
    const attempt = attemptOf(call.key, call.actor, call.name, [call.params, call.query, call.body], true);
    return onceAsText(attempt, (inside) => command(inside, call))(change);
  };
}
