import { rmSync } from 'node:fs';
import { type Agent, createServer, request, type Server } from 'node:http';
import { once } from 'node:events';
import type { Socket } from 'node:net';
import type { App } from './http/app-type.ts';

/** The longest path that a Unix socket can have on every system. */
const longestPath = 100;

/**
 * Serves the same API on a socket in the data folder, to whoever can open it: its owner, the operator. `verkstad` commands reach a
 * running server, and so its writer, through it. Answers null where the path is too long for a socket.
 */
export async function listenForOperator(app: App): Promise<Server | null> {
  return listenPrivately(app, app.store.folder.control, (socket) => app.operatorSockets.add(socket));
}

/** Serves the same API on a socket that only its owner can open. Null where the path is too long for one. */
export async function listenPrivately(
  app: App,
  path: string,
  welcome: (socket: Socket) => void,
): Promise<Server | null> {
  if (Buffer.byteLength(path) > longestPath) return null;
  rmSync(path, { force: true });
  const server = createServer((req, res) => app.routing(req, res));
  server.on('connection', welcome);
  // The socket is made while `listen` is called; nothing else is made meanwhile.
  const mask = process.umask(0o177);
  try {
    server.listen(path);
  } finally {
    process.umask(mask);
  }
  await once(server, 'listening');
  return server;
}

export interface PrivateAnswer {
  readonly status: number;
  readonly body: string;
}

/** Calls a running server as its operator, through the socket. Rejects with ENOENT or ECONNREFUSED where none runs. */
export function callAsOperator(
  socketPath: string,
  method: string,
  path: string,
  body?: unknown,
): Promise<PrivateAnswer> {
  return callThrough({ socketPath }, { method, path, body });
}

export interface PrivateCall {
  readonly method: string;
  readonly path: string;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly agent?: Agent;
  readonly signal?: AbortSignal;
}

/** Where a server listens on this machine. */
export type Place = { readonly socketPath: string } | { readonly host: string; readonly port: number };

/** Calls a server on this machine. */
export function callThrough(
  place: Place,
  { method, path, body, headers, agent, signal }: PrivateCall,
): Promise<PrivateAnswer> {
  return new Promise((resolve, reject) => {
    const text = body === undefined ? undefined : JSON.stringify(body);
    const call = request(
      {
        ...place,
        method,
        path,
        headers: {
          host: 'localhost',
          ...headers,
          ...(text !== undefined && {
            'content-type': 'application/json',
            'content-length': String(Buffer.byteLength(text)),
          }),
        },
        ...(agent && { agent }),
        ...(signal && { signal }),
      },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () =>
          resolve({ status: response.statusCode ?? 0, body: Buffer.concat(chunks).toString('utf8') }),
        );
        response.on('error', reject);
      },
    );
    call.on('error', reject);
    call.end(text);
  });
}
