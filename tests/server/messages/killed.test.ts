import { once } from 'node:events';
import { expect, it } from 'vitest';
import { outbox } from '../../../server/core/tables.ts';
import { openForReading } from '../../../server/core/database.ts';
import { addAttendee } from '../../../server/people/attendee-commands.ts';
import { openStore } from '../../../server/store.ts';
import { aCast, operator } from '../../support/cast.ts';
import { temporaryFolder } from '../../support/database.ts';
import { testMailServer } from '../../support/mail.ts';
import { startProcess } from '../../support/process.ts';

const people = 12;

/** A data folder in which so many invitations wait. */
async function folderWithLetters(): Promise<string> {
  const dataDir = temporaryFolder();
  const store = openStore({ dataDir });
  const { conferenceId } = await aCast(store);
  await store.write(operator, (change) => {
    for (let i = 0; i < people; i++) {
      const mail = `nr${i}@example.org`;
      const { id } = addAttendee(change, conferenceId, { name: `Nummer ${i}`, mail });
      const recipient = { kind: 'attendee', id } as const;
      change.letter({ letter: 'invitation', recipient, conferenceId, data: {} });
    }
  });
  await store.close();
  return dataDir;
}

it('a server killed between handing a letter over and writing it down sends it again under the same name, and loses none', async () => {
  const mail = await testMailServer();
  const dataDir = await folderWithLetters();
  const environment = {
    VERKSTAD_DATA: dataDir,
    VERKSTAD_MIN_FREE_MB: '0',
    VERKSTAD_URL: 'https://verkstad.example',
    VERKSTAD_SMTP_URL: `smtp://127.0.0.1:${mail.settings.port}`,
    VERKSTAD_MAIL_FROM: 'workshop@reglab.example',
    VERKSTAD_MAIL_PER_MINUTE: '10000',
  };
  for (const after of [1, 4]) {
    const killed = startProcess('tests/server/messages/sender-process.ts', [], environment);
    const target = mail.received.length + after;
    // oxlint-disable-next-line no-await-in-loop -- one life after another
    await mail.untilReceived(target);
    killed.child.kill('SIGKILL');
    // oxlint-disable-next-line no-await-in-loop
    if (killed.child.signalCode === null) await once(killed.child, 'exit');
  }
  const last = startProcess('tests/server/messages/sender-process.ts', [], environment);
  await last.until(/done/u);
  await last.exit();

  const reader = openForReading(dataDir);
  const rows = reader.db.select().from(outbox).all();
  reader.close();
  expect(rows.map(({ state }) => state)).toEqual(rows.map(() => 'sent'));
  const names = new Map<string, Set<string>>();
  for (const { to, mail: letter } of mail.received)
    names.set(to, new Set([...(names.get(to) ?? []), letter.messageId ?? '']));
  expect(names.size).toBe(people);
  expect([...names.values()].map((ids) => ids.size)).toEqual(rows.map(() => 1));
  // Three connections at once: at most those were out each time it was killed.
  expect(mail.received.length).toBeLessThanOrEqual(people + 2 * 3);
});
