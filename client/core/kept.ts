/**
 * What this device keeps of a session, to be shown without a network: the last answers, never a token. Another build may have
 * meant something else by the same shape, so what it kept is not read.
 */
const prefix = 'kept:';

interface Envelope {
  readonly build: string;
  readonly keptAt: number;
  readonly value: unknown;
}

/** Keeps a value; where the device has no room, nothing is kept. `keptAt`: when the value was true, in milliseconds. */
export function keep(name: string, value: unknown, keptAt: number): void {
  const envelope: Envelope = { build: build(), keptAt, value };
  try {
    localStorage.setItem(prefix + name, JSON.stringify(envelope));
  } catch {
    forget(name);
  }
}

/** What was kept under a name, as this build wrote it, and when that was true. */
export function kept(name: string): { readonly value: unknown; readonly keptAt: number } | null {
  try {
    const envelope = JSON.parse(localStorage.getItem(prefix + name) ?? 'null') as Envelope | null;
    return envelope?.build === build() ? envelope : null;
  } catch {
    return null;
  }
}

export function forget(name: string): void {
  try {
    localStorage.removeItem(prefix + name);
  } catch {
    // A device that stores nothing has nothing to forget.
  }
}

/** The session is over here: nothing that was kept of it stays. */
export function forgetEverything(): void {
  try {
    for (const key of Object.keys(localStorage)) if (key.startsWith(prefix)) localStorage.removeItem(key);
  } catch {
    // As above.
  }
}

/** The name of the file that started the page: it follows the content of the whole build. */
function build(): string {
  return document.querySelector<HTMLScriptElement>('script[type="module"]')?.src ?? '';
}
