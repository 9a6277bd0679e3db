const bidiControls = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

/** Text as it is kept: NFC, without bidirectional controls, trimmed. */
export function clean(text: string): string {
  return text.normalize('NFC').replace(bidiControls, '').trim();
}

/** The form in which two texts count as the same to a person: NFC, lower case, single spaces. Å is not A. */
export function sameText(text: string): string {
  return clean(text).toLocaleLowerCase('sv').replace(/\s+/gu, ' ');
}
