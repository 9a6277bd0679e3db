/** The whole address of the feed, as it is pasted into a calendar program. */
export function wholeAddress(feed: string, base: string = location.href): string {
  return new URL(feed, base).href;
}

/** The address that opens the device's own calendar program and subscribes. */
export function subscriptionAddress(address: string): string {
  return address.replace(/^https?:/u, 'webcal:');
}
