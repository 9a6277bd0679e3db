const lineOctets = 75;

/** A content line of iCalendar (RFC 5545 3.1) with its line break: folded where it is over 75 octets, never inside a character. */
export function contentLine(name: string, value: string | number): string {
  const line = Buffer.from(`${name}:${value}`);
  if (line.length <= lineOctets) return `${line.toString()}\r\n`;
  const pieces: string[] = [];
  for (let from = 0, to: number; from < line.length; from = to) {
    to = Math.min(line.length, from + lineOctets - (from === 0 ? 0 : 1));
    while (isInsideCharacter(line[to])) to--;
    pieces.push(line.toString('utf8', from, to));
  }
  return `${pieces.join('\r\n ')}\r\n`;
}

/** Whether an octet goes on with a character of UTF-8 that began before it. */
function isInsideCharacter(octet: number | undefined): boolean {
  return octet !== undefined && octet >= 0x80 && octet < 0xc0;
}

/**
 * A TEXT value (RFC 5545 3.3.11). Whatever breaks a line in some reader becomes the escaped line break, and other control characters
 * go: a title can end neither its line nor its event.
 */
export function textValue(text: string): string {
  return text
    .replaceAll(/[\\;,]/gu, String.raw`\$&`)
    .replaceAll(/\r\n|[\n\r\v\f\u0085\u2028\u2029]/gu, String.raw`\n`)
    .replaceAll(/(?!\t)\p{Cc}/gu, '');
}
