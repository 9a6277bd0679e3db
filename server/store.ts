import { type OpenOptions, openDatabase, type Store } from './core/database.ts';
import { whatForbidsStart } from './overview/verify.ts';
import { followForLetters } from './messages/follow-commands.ts';
import { followProgramme } from './registration/follow-commands.ts';

/**
 * Opens the data folder the way the product does: with every area's reactions and checks. Server, command line, seeds and tests
 * all come through here.
 */
export function openStore(options: OpenOptions): Store {
  return openDatabase({
    ...options,
    reactions: [followProgramme, followForLetters],
    checks: [whatForbidsStart],
  });
}
