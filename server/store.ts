import { type OpenOptions, openDatabase, type Store } from './core/database.ts';
import type { Db } from './core/statement.ts';
import { learnAnswers } from './core/http/answered.ts';
import { performer } from './core/http/named-commands.ts';
import { followForLetters } from './messages/follow-commands.ts';
import { meCommands } from './overview/me-commands.ts';
import { whatForbidsStart } from './overview/verify.ts';
import { whyNoLonger } from './people/queries.ts';
import { followProgramme } from './registration/follow-commands.ts';

/** What the areas of the product do with a connection, in whichever thread it is. */
export const inTransactions = {
  reactions: [followProgramme, followForLetters],
  whyNoLonger,
  perform: performer(meCommands, whyNoLonger),
  learn: (db: Db) => learnAnswers(db),
} as const;

/**
 * Opens the data folder the way the product does: with every area's reactions and checks. Server, command line, seeds and tests
 * all come through here.
 */
export function openStore(options: OpenOptions): Store {
  return openDatabase({
    ...options,
    ...inTransactions,
    checks: [whatForbidsStart],
  });
}
