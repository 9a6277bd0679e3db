import { existsSync, statSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { callAsOperator } from '../../../server/core/control.ts';
import { dataFolder } from '../../../server/core/data-folder.ts';
import { audit } from '../../../server/core/tables.ts';
import { temporaryFolder, testStore } from '../../support/database.ts';
import { freePort } from '../../support/free-port.ts';
import { startProcess } from '../../support/process.ts';

async function startServer(environment: Record<string, string> = {}) {
  const dataDir = join(temporaryFolder(), 'data');
  const port = await freePort();
  const settings = {
    PORT: String(port),
    HOST: '127.0.0.1',
    VERKSTAD_DATA: dataDir,
    VERKSTAD_DEMO: 'off',
    ...environment,
  };
  const server = startProcess('server/main.ts', [], settings);
  return { server, dataDir, port, url: `http://127.0.0.1:${port}`, settings };
}

const ready = /^Verkstad: /mu;

describe('the server', () => {
  it('starts, prints its address, is healthy, and ends well when asked to', async () => {
    const { server, dataDir, url, port } = await startServer();
    await server.until(ready);
    expect(server.output()).toContain(`Verkstad: http://localhost:${port}`);
    expect((await fetch(`${url}/healthz`)).status).toBe(200);
    const stalled = connect(port, '127.0.0.1');
    stalled.on('error', () => {});
    stalled.write('POST /api/x HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\n');
    const askedAt = performance.now();
    server.child.kill('SIGTERM');
    expect(await server.exit()).toBe(0);
    expect(performance.now() - askedAt).toBeLessThan(5000);
    expect(existsSync(join(dataDir, 'verkstad.sqlite-wal'))).toBe(false);
    expect(server.errors()).toBe('');
  });

  it('refuses a folder that another one has, at once, and the other goes on', async () => {
    const { server, url, settings } = await startServer();
    await server.until(ready);
    const second = startProcess('server/main.ts', [], { ...settings, PORT: String(await freePort()) });
    expect(await second.exit()).toBe(3);
    expect(second.errors()).toMatch(/^Another Verkstad is using the data folder/u);
    expect((await fetch(`${url}/healthz`)).status).toBe(200);
  });

  it('starts again after it was killed', async () => {
    const { server, settings } = await startServer();
    await server.until(ready);
    server.child.kill('SIGKILL');
    await server.exit();
    const again = startProcess('server/main.ts', [], settings);
    await again.until(ready);
    expect(again.errors()).toBe('');
  });

  it('says in a sentence which setting is wrong', async () => {
    const { server } = await startServer({ PORT: 'eighty' });
    expect(await server.exit()).toBe(1);
    expect(server.errors()).toBe('PORT is "eighty"; it must be a whole number from 0 to 65535.\n');
  });

  it.each([
    [
      'HOST',
      '203.0.113.9',
      'it must be an address of this machine, such as 0.0.0.0 or 127.0.0.1 (EADDRNOTAVAIL)',
    ],
    ['HOST', 'nohost.invalid', 'it must be an address of this machine'],
    ['VERKSTAD_PROXIES', 'zz', 'it must be IP addresses or networks, with commas between'],
  ])(
    'says in a sentence that %s=%s cannot be used, and makes no data folder',
    async (name, value, sentence) => {
      const { server, dataDir } = await startServer({ [name]: value });
      expect(await server.exit()).toBe(1);
      expect(server.errors().startsWith(`${name} is "${value}"; ${sentence}`)).toBe(true);
      expect(server.errors().split('\n').length).toBe(2);
      expect(existsSync(dataDir)).toBe(false);
    },
  );

  it('says in a sentence that its port is taken, and makes the demo when it starts after all', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => taken.once('listening', resolve));
    const { port } = taken.address() as { port: number };
    const { server, settings } = await startServer({ PORT: String(port), VERKSTAD_DEMO: 'on' });
    expect(await server.exit()).toBe(1);
    expect(server.errors()).toBe(`Port ${port} is taken. Set PORT to another.\n`);
    taken.close();
    const second = startProcess('server/main.ts', [], settings);
    await second.until(ready);
    expect(second.output()).toMatch(/\/me\/[\w-]{32}$/mu);
    second.child.kill('SIGTERM');
    expect(await second.exit()).toBe(0);
    const third = startProcess('server/main.ts', [], settings);
    await third.until(ready);
    expect(third.output()).not.toContain('/me/');
  });

  it('says in a sentence that its folder cannot be used', async () => {
    const file = join(temporaryFolder(), 'file');
    writeFileSync(file, '');
    const { server } = await startServer({ VERKSTAD_DATA: file });
    expect(await server.exit()).toBe(1);
    expect(server.errors()).toMatch(/^The data folder .* cannot be written to/u);
  });
});

describe("the operator's socket", () => {
  it('is open to the owner of the folder alone and answers as the API does', async () => {
    const { server, dataDir } = await startServer();
    await server.until(ready);
    const { control } = dataFolder(dataDir);
    expect((statSync(control).mode & 0o777).toString(8)).toBe('600');
    const answer = await callAsOperator(control, 'GET', '/api/nothing');
    expect(answer.status).toBe(404);
    expect(JSON.parse(answer.body)).toMatchObject({ code: 'not-found' });
    await server.until(/"actor":"operator"/u);
  });

  it('is not there when no server runs', async () => {
    const { control } = dataFolder(temporaryFolder());
    await expect(callAsOperator(control, 'GET', '/healthz')).rejects.toMatchObject({ code: 'ENOENT' });
  });
});

it('nothing that was acknowledged is lost when the process is killed', async () => {
  const dataDir = temporaryFolder();
  const noting = startProcess('tests/server/core/noting-process.ts', [dataDir]);
  await noting.until(/^2000$/mu);
  noting.child.kill('SIGKILL');
  await noting.exit();
  const acknowledged = noting.output().split('\n').slice(0, -1);
  const store = testStore({ dataDir });
  const kept = new Set(
    store.db
      .select({ id: audit.subjectId })
      .from(audit)
      .all()
      .map(({ id }) => id),
  );
  expect(acknowledged.length).toBeGreaterThan(2000);
  expect(acknowledged.filter((id) => !kept.has(id))).toEqual([]);
});
