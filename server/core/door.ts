/** Longest time that work waits while somebody connects in each turn of the event loop, in milliseconds. */
const welcomingMilliseconds = 25;

/**
 * Whether people are coming in. A turn of the event loop accepts one connection (libuv #3696), so in a rush, where turns are long, a crowd
 * would stand at the door for seconds. While one comes, long work is begun a few turns later, and the turns are short meanwhile.
 */
export interface Door {
  /** Somebody has connected. */
  welcome(): void;
  /** For one kind of work, which asks in each turn before it begins: whether to let another turn go by first. */
  patience(): () => boolean;
}

export function createDoor(): Door {
  let connected = 0;
  return {
    welcome() {
      connected++;
    },
    patience() {
      let known = 0;
      let since: number | null = null;
      return () => {
        const now = performance.now();
        since ??= now;
        const waits = connected > known && now - since < welcomingMilliseconds;
        known = connected;
        if (!waits) since = null;
        return waits;
      };
    },
  };
}
