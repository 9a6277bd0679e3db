import type { FastifyInstance } from 'fastify';
import type { Socket } from 'node:net';
import type { Actor } from '../../../shared/core/access.ts';
import type { Instant } from '../../../shared/core/time.ts';
import type { Endpoint } from '../../../shared/core/endpoint.ts';
import type { Language } from '../../../shared/core/language.ts';
import type { Clock } from '../clock.ts';
import type { Config } from '../config.ts';
import type { Store } from '../database.ts';
import type { Credential } from '../named-call.ts';
import type { Attempts } from './attempts.ts';
import type { Readiness } from './health.ts';

/** The server as areas see it: `export default function routes(app: App): void` registers theirs. */
export type App = FastifyInstance;

declare module 'fastify' {
  interface FastifyInstance {
    readonly store: Store;
    readonly clock: Clock;
    readonly config: Config;
    /** Every call of the contract that is served, in order of registration. */
    readonly served: Endpoint[];
    /** Failures per address: unknown tokens, sign-in attempts. */
    readonly attempts: Attempts;
    readonly readiness: Readiness;
    /** How to end each open stream of events. */
    readonly openStreams: Set<() => void>;
    /** Connections of the person who runs the installation, through the socket in the data folder. */
    readonly operatorSockets: WeakSet<Socket>;
    /** Connections over which an opening is rehearsed, and when it is. */
    readonly rehearsals: WeakMap<Socket, Instant>;
  }
  interface FastifyContextConfig {
    /** The call of the contract that the route serves. */
    readonly endpoint?: Endpoint;
  }
  interface FastifyRequest {
    /** Who is acting. `anyone` until people's hook has looked at the cookie or the token. */
    actor: Actor;
    /** What the actor is known by; null where nothing was shown that can end. */
    credential: Credential | null;
    language: Language;
  }
}
