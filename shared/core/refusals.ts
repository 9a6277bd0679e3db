import type { Sentence } from './language.ts';
import type { FieldProblem } from './refusal.ts';
import { refusalKind } from './refusal.ts';

/** Refusals that any route can answer: about the request itself, not about the conference. */

/** Why a body is not the JSON in UTF-8 that is asked for. */
const bodyFaults = {
  'not-utf8': { sv: 'Innehållet är inte UTF-8.', en: 'The body is not UTF-8.' },
  'not-json': { sv: 'Innehållet är inte giltig JSON.', en: 'The body is not valid JSON.' },
  'too-deep': {
    sv: 'Innehållet är nästlat i fler än 32 nivåer.',
    en: 'The body is nested deeper than 32 levels.',
  },
  'broken-text': {
    sv: 'En text i innehållet har ett nolltecken eller ett halvt surrogatpar.',
    en: 'A text in the body holds NUL or half a surrogate pair.',
  },
  'proto-key': {
    sv: 'Innehållet har nyckeln __proto__, som inte får användas.',
    en: 'The body has the key __proto__, which is not allowed.',
  },
  'double-key': {
    sv: 'En nyckel står två gånger i samma objekt i innehållet.',
    en: 'A key occurs twice in one object of the body.',
  },
  'inexact-number': {
    sv: 'Ett tal i innehållet är för stort för att återges exakt.',
    en: 'A number in the body is too large to be exact.',
  },
  'minus-zero': { sv: 'Ett tal i innehållet är minus noll.', en: 'A number in the body is minus zero.' },
  unreadable: { sv: 'Det som skickades gick inte att tolka.', en: 'What was sent could not be made out.' },
} as const satisfies Record<string, Sentence>;
export type BodyFault = keyof typeof bodyFaults;

export const badRequest = refusalKind<{ reason: BodyFault }>('bad-request', {
  status: 400,
  title: { sv: 'Begäran gick inte att läsa', en: 'The request could not be read' },
  detail: ({ reason }) => ({
    sv: `${bodyFaults[reason].sv} Ingenting har ändrats.`,
    en: `${bodyFaults[reason].en} Nothing has changed.`,
  }),
  facts: (facts) => facts,
  example: { reason: 'not-json' },
});

export const invalidInput = refusalKind<{ fields: FieldProblem[] }>('invalid-input', {
  status: 400,
  title: { sv: 'Något i uppgifterna stämmer inte', en: 'Something in the input is wrong' },
  detail: ({ fields }) => ({
    sv: `Rätta ${fields.map((f) => f.path || 'innehållet').join(', ')} och försök igen. Ingenting har ändrats.`,
    en: `Correct ${fields.map((f) => f.path || 'the body').join(', ')} and try again. Nothing has changed.`,
  }),
  fields: ({ fields }) => fields,
  example: {
    fields: [{ path: 'sessionId', message: { sv: 'ska vara text', en: 'must be a string' } }],
  },
});

export const notFound = refusalKind('not-found', {
  status: 404,
  title: { sv: 'Finns inte', en: 'Not found' },
  detail: () => ({
    sv: 'Det du söker finns inte här. Kontrollera adressen.',
    en: 'What you asked for is not here. Check the address.',
  }),
  example: undefined,
});

export const methodNotAllowed = refusalKind('method-not-allowed', {
  status: 405,
  title: { sv: 'Metoden går inte att använda här', en: 'Method not allowed' },
  detail: () => ({
    sv: 'Adressen finns men svarar inte på den metoden.',
    en: 'The address exists but does not answer that method.',
  }),
  example: undefined,
});

export const notSignedIn = refusalKind('not-signed-in', {
  status: 401,
  title: { sv: 'Du är inte inloggad', en: 'You are not signed in' },
  detail: () => ({
    sv: 'Öppna din personliga länk eller logga in och försök igen.',
    en: 'Open your personal link or sign in, and try again.',
  }),
  example: undefined,
});

export const notAllowed = refusalKind('not-allowed', {
  status: 403,
  title: { sv: 'Du får inte göra det här', en: 'You may not do this' },
  detail: () => ({
    sv: 'Din roll räcker inte för det här. Be en arrangör om hjälp.',
    en: 'Your role does not allow this. Ask an organiser for help.',
  }),
  example: undefined,
});

export const foreignOrigin = refusalKind('foreign-origin', {
  status: 403,
  title: { sv: 'Anropet kom från en annan webbplats', en: 'The request came from another site' },
  detail: () => ({
    sv: 'Ändringar tas bara emot från den här webbplatsens egna sidor. Ingenting har ändrats.',
    en: 'Changes are only taken from the pages of this site. Nothing has changed.',
  }),
  example: undefined,
});

export const tooLarge = refusalKind<{ limit: number }>('too-large', {
  status: 413,
  title: { sv: 'För mycket på en gång', en: 'Too much at once' },
  detail: ({ limit }) => ({
    sv: `Begäran är större än ${limit} byte. Dela upp den och försök igen.`,
    en: `The request is larger than ${limit} bytes. Split it and try again.`,
  }),
  example: { limit: 65536 },
});

export const unsupportedMediaType = refusalKind('unsupported-media-type', {
  status: 415,
  title: { sv: 'Fel format', en: 'Wrong format' },
  detail: () => ({
    sv: 'Skicka innehållet som application/json i UTF-8.',
    en: 'Send the body as application/json in UTF-8.',
  }),
  example: undefined,
});

export const idempotencyMismatch = refusalKind('idempotency-mismatch', {
  status: 422,
  title: { sv: 'Nyckeln är redan använd', en: 'The key is already used' },
  detail: () => ({
    sv: 'Samma Idempotency-Key har använts med ett annat innehåll. Använd en ny nyckel.',
    en: 'The same Idempotency-Key was used with another body. Use a new key.',
  }),
  example: undefined,
});

/** Whatever is asked for: the token that asks is nobody's. */
export const linkUnknown = refusalKind('link-unknown', {
  status: 404,
  title: { sv: 'Länken gäller inte', en: 'The link does not work' },
  detail: () => ({
    sv: 'Länken är fel skriven, ersatt av en ny eller borttagen. Be arrangören om en ny länk.',
    en: 'The link is mistyped, replaced by a newer one or removed. Ask the organiser for a new link.',
  }),
  example: undefined,
});

export const tooManyAttempts = refusalKind('too-many-attempts', {
  status: 429,
  title: { sv: 'För många försök', en: 'Too many attempts' },
  detail: () => ({
    sv: 'Vänta en stund och försök igen.',
    en: 'Wait a while and try again.',
  }),
  example: undefined,
});

export const busy = refusalKind('busy', {
  status: 503,
  title: { sv: 'Många vill in just nu', en: 'Many people are here right now' },
  detail: () => ({
    sv: 'Kön är full för ett ögonblick. Ingenting har ändrats; försök igen om ett par sekunder.',
    en: 'The queue is full for a moment. Nothing has changed; try again in a couple of seconds.',
  }),
  example: undefined,
});

export const storageFull = refusalKind('storage-full', {
  status: 503,
  title: { sv: 'Det går inte att spara just nu', en: 'Saving is not possible right now' },
  detail: () => ({
    sv: 'Lagringen är full eller skrivskyddad. Ingenting har ändrats; det går att läsa som vanligt.',
    en: 'Storage is full or read-only. Nothing has changed; reading works as usual.',
  }),
  example: undefined,
});

export const shuttingDown = refusalKind('unavailable', {
  status: 503,
  title: { sv: 'Tjänsten är inte redo', en: 'The service is not ready' },
  detail: () => ({
    sv: 'Tjänsten stängs av just nu. Ingenting har ändrats; försök igen strax.',
    en: 'The service is stopping right now. Nothing has changed; try again shortly.',
  }),
  example: undefined,
});

export const unexpected = refusalKind('unexpected', {
  status: 500,
  title: { sv: 'Något gick fel hos oss', en: 'Something went wrong on our side' },
  detail: () => ({
    sv: 'Ingenting har ändrats. Försök igen; hjälper det inte, ange ärendenumret till arrangören.',
    en: 'Nothing has changed. Try again; if that does not help, give the request number to the organiser.',
  }),
  example: undefined,
});

export const addressTooLong = refusalKind('address-too-long', {
  status: 414,
  title: { sv: 'Adressen är för lång', en: 'The address is too long' },
  detail: () => ({
    sv: 'En del av adressen är längre än någon adress här. Kontrollera länken.',
    en: 'A part of the address is longer than any address here. Check the link.',
  }),
  example: undefined,
});
