import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readConfig } from '../../../server/core/config.ts';
import { StartRefused } from '../../../server/core/start-refused.ts';
import { temporaryFolder } from '../../support/database.ts';
import { testServer } from '../../support/server.ts';

test('the statement is there before the client is built, or says that it is not', async () => {
  const { app } = await testServer({ config: { publicPage: '/nowhere/entry-server.js' } });
  expect((await app.inject('/accessibility')).statusCode).toBe(404);
});

test('the statement is drawn in the reader’s language, with who answers for the site and where to turn', async () => {
  const publicPage = join(temporaryFolder(), 'renderer.mjs');
  writeFileSync(publicPage, 'export const renderAccessibility = (page) => JSON.stringify(page);');
  const told = { operator: 'Region Exempel', accessibilityContact: 'tillganglighet@example.org' };
  const { app } = await testServer({ config: { publicPage, ...told } });
  const { body, headers } = await app.inject('/accessibility?lang=en');
  expect(headers).toMatchObject({ 'content-language': 'en', 'content-type': 'text/html; charset=utf-8' });
  expect(JSON.parse(body)).toEqual({
    language: 'en',
    operator: told.operator,
    contact: told.accessibilityContact,
  });
});

test('a contact is a mail address or a page, nothing else', () => {
  const contact = (text: string) => readConfig({ VERKSTAD_ACCESSIBILITY_CONTACT: text }).accessibilityContact;
  expect(contact('https://example.org/hjalp')).toBe('https://example.org/hjalp');
  expect(contact('hjalp@example.org')).toBe('hjalp@example.org');
  expect(() => contact('javascript:alert(1)')).toThrow(StartRefused);
  expect(() => contact('ring oss')).toThrow(StartRefused);
});
