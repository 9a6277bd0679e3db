/**
 * What a failed statement says about the storage:
 * `full`: nothing can be written now, reading works; `locked`: another process is writing; `broken`: the file or the disk cannot be trusted.
 */
export type StorageTrouble = 'full' | 'locked' | 'broken';

export function storageTrouble(error: unknown): StorageTrouble | null {
  const code = sqliteCode(error);
  if (code === null) return null;
  if (/^SQLITE_(?:CORRUPT|NOTADB|IOERR_(?:DIR_)?FSYNC)/u.test(code)) return 'broken';
  if (/^SQLITE_(?:FULL|IOERR|READONLY|CANTOPEN|NOMEM)/u.test(code)) return 'full';
  if (/^SQLITE_(?:BUSY|LOCKED)/u.test(code)) return 'locked';
  return null;
}

/** The extended result code of SQLite, also where drizzle has wrapped the error. */
export function sqliteCode(error: unknown): string | null {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if ('code' in cause && typeof cause.code === 'string' && cause.code.startsWith('SQLITE_'))
      return cause.code;
  }
  return null;
}
