import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { endpoint } from '../../../../shared/core/endpoint.ts';
import type { App } from '../../../../server/core/http/app-type.ts';
import { type EventStream, formatEvent, streamEvents } from '../../../../server/core/http/events.ts';
import { serve } from '../../../../server/core/http/serve.ts';
import { listeningServer } from '../../../support/server.ts';

const watch = endpoint({
  name: 'watch',
  summary: 'What happens, as it happens',
  method: 'GET',
  path: '/api/watch',
  action: 'read public programme',
  produces: 'text/event-stream',
});

async function watchedServer() {
  const listeners = new Set<EventStream>();
  const routes = (app: App) =>
    serve(app, watch, (call) =>
      streamEvents(app, call, (stream) => {
        listeners.add(stream);
        return () => listeners.delete(stream);
      }),
    );
  return { listeners, ...(await listeningServer({ routes })) };
}

async function readUntil(reader: ReadableStreamDefaultReader<Uint8Array>, text: string): Promise<string> {
  let seen = '';
  while (!seen.includes(text)) {
    // oxlint-disable-next-line no-await-in-loop -- a stream is read in order
    const { value, done } = await reader.read();
    if (done) throw new Error(`ended before ${text}: ${seen}`);
    seen += new TextDecoder().decode(value);
  }
  return seen;
}

describe('a stream of events', () => {
  it('brings each event to everybody who listens, and knows what a returning reader saw', async () => {
    const { listeners, url } = await watchedServer();
    const answer = await fetch(`${url}/api/watch`, { headers: { 'last-event-id': '41' } });
    expect(answer.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
    expect([...listeners].map(({ lastEventId }) => lastEventId)).toEqual(['41']);
    const reader = answer.body!.getReader();
    for (const listener of listeners)
      listener.send(formatEvent('seats', [{ session: 's1', taken: 3 }], '42'));
    expect(await readUntil(reader, '\n\nid: 42')).toContain('retry: 3000');
    await reader.cancel();
  });

  it('ends when the reader leaves', async () => {
    const { listeners, url } = await watchedServer();
    const leaving = new AbortController();
    await fetch(`${url}/api/watch`, { signal: leaving.signal });
    expect(listeners.size).toBe(1);
    leaving.abort();
    await expect.poll(() => listeners.size).toBe(0);
  });

  it('is not kept for a reader who left before it was open', async () => {
    const listened: string[] = [];
    const routes = (app: App) =>
      serve(app, watch, async (call) => {
        call.request.raw.socket.destroy();
        await new Promise((resolve) => call.reply.raw.once('close', resolve));
        return streamEvents(app, call, () => {
          listened.push('from');
          return () => listened.push('to');
        });
      });
    const { app, url } = await listeningServer({ routes });
    await expect(fetch(`${url}/api/watch`)).rejects.toThrow();
    await expect.poll(() => listened).toEqual(['from', 'to']);
    expect(app.openStreams.size).toBe(0);
  });

  it('ends when the server stops', async () => {
    const { listeners, url, app } = await watchedServer();
    const answer = await fetch(`${url}/api/watch`);
    await app.close();
    await expect(answer.text()).resolves.toContain('retry');
    expect(listeners.size).toBe(0);
  });

  it('lets a reader go that lags far behind', async () => {
    const { listeners, url } = await watchedServer();
    await fetch(`${url}/api/watch`);
    const [stream] = listeners;
    const event = formatEvent('seats', 'x'.repeat(100_000));
    for (let i = 0; i < 200; i++) stream!.send(event);
    await expect.poll(() => listeners.size).toBe(0);
  });

  it('lets a reader go that takes in nothing from one sign of life to the next, and keeps one that does', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    onTestFinished(() => void vi.useRealTimers());
    const { listeners, url } = await watchedServer();
    await fetch(`${url}/api/watch`);
    const [asleep] = listeners;
    const event = formatEvent('seats', 'x'.repeat(100_000));
    while (asleep!.unread() === 0) {
      asleep!.send(event);
      // oxlint-disable-next-line no-await-in-loop -- until the system takes no more
      await new Promise(setImmediate);
    }
    const awake = await fetch(`${url}/api/watch`);
    const reading = readUntil(awake.body!.getReader(), ':\n\n:\n\n');
    await vi.advanceTimersByTimeAsync(20_000);
    expect(listeners.size).toBe(2);
    await vi.advanceTimersByTimeAsync(20_000);
    await expect.poll(() => [...listeners].includes(asleep!)).toBe(false);
    expect(listeners.size).toBe(1);
    await reading;
  });
});

it('an event is one line of JSON under its name', () => {
  expect(formatEvent('seats', { a: 'two\nlines' })).toBe('event: seats\ndata: {"a":"two\\nlines"}\n\n');
});
