import { rmSync } from 'node:fs';
import { createServer, request, type Server } from 'node:http';
import type { App } from './http/app-type.ts';

/** The longest path that a Unix socket can have on every system. */
const longestPath = 100;

/**
 * Serves the same API on a socket in the data folder, to whoever can open it: its owner, the operator. `verkstad` commands reach a
 * running server, and so its writer, through it. Answers null where the path is too long for a socket.
 */
export async function listenForOperator(app: App): Promise<Server | null> {
  const path = app.store.folder.control;
  if (Buffer.byteLength(path) > longestPath) return null;
  rmSync(path, { force: true });
  const server = createServer((req, res) => app.routing(req, res));
  server.on('connection', (socket) => app.operatorSockets.add(socket));
  const mask = process.umask(0o177);
  try {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(path, resolve);
    });
  } finally {
    process.umask(mask);
  }
  return server;
}

export interface OperatorAnswer {
  readonly status: number;
  readonly body: string;
}

/** Calls a running server as its operator, through the socket. Rejects with ENOENT or ECONNREFUSED where none runs. */
export function callAsOperator(
  socketPath: string,
  method: string,
  path: string,
  body?: unknown,
): Promise<OperatorAnswer> {
  return new Promise((resolve, reject) => {
    const text = body === undefined ? undefined : JSON.stringify(body);
    const call = request(
      {
        socketPath,
        method,
        path,
        headers: { host: 'localhost', ...(text !== undefined && { 'content-type': 'application/json' }) },
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
