import type { Socket } from 'node:net';

/** How long whoever was answered so may still keep their end of the connection, in milliseconds. */
const lingerMilliseconds = 500;

/**
 * Answers what is not HTTP, or came too slowly, before a request exists to answer: in both languages, as nobody has been asked which.
 * Nothing more is read: what was answered "too late" must not be done after all when the rest of it comes.
 */
export function answerBrokenRequest(error: Error & { code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || socket.destroyed || !socket.writable) {
    socket.destroy();
    return;
  }
  // Node's parser reads the connection beside its stream until somebody listens to the stream; its own listener goes first.
  socket.removeAllListeners('data').on('data', () => {});
  setTimeout(() => socket.destroy(), lingerMilliseconds).unref();
  const [status, phrase, code, sv, en] = answerTo(error.code);
  const body = JSON.stringify({
    type: `/problems/${code}`,
    code,
    title: en,
    detail: en,
    status,
    messages: { sv, en },
    requestId: '-',
  });
  socket.end(
    `HTTP/1.1 ${status} ${phrase}\r\nContent-Type: application/problem+json; charset=utf-8\r\n` +
      `Content-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`,
  );
}

function answerTo(code: string | undefined): readonly [number, string, string, string, string] {
  switch (code ?? '') {
    case 'HPE_HEADER_OVERFLOW':
      return [
        431,
        'Request Header Fields Too Large',
        'headers-too-large',
        'Begärans huvuden är för stora.',
        'The headers of the request are too large.',
      ];
    case 'ERR_HTTP_REQUEST_TIMEOUT':
      return [
        408,
        'Request Timeout',
        'request-timeout',
        'Begäran kom inte fram i tid.',
        'The request did not arrive in time.',
      ];
    default:
      return [
        400,
        'Bad Request',
        'bad-request',
        'Begäran gick inte att läsa.',
        'The request could not be read.',
      ];
  }
}
