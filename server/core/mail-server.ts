import { mailSchema } from '../../shared/core/text.ts';
import { StartRefused } from './start-refused.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

/** The mail server (SMTP) that letters are handed to, and how they are signed. */
export interface MailServer {
  readonly host: string;
  readonly port: number;
  /** TLS from the first byte; otherwise STARTTLS where the server offers it. */
  readonly secure: boolean;
  /** The password never goes over a line that others can read. */
  readonly requireTls: boolean;
  readonly auth: { readonly user: string; readonly pass: string } | null;
  /** Without a name, letters carry that of the conference's host. */
  readonly from: { readonly name: string | null; readonly address: string };
  readonly replyTo: string | null;
  /** Letters a minute, at most. */
  readonly perMinute: number;
}

const ports: Readonly<Record<string, number>> = { 'smtp:': 587, 'smtps:': 465 };
const fastest = 10_000;
const loopback = /^(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])$/u;

/** Reads VERKSTAD_SMTP_URL and VERKSTAD_MAIL_*. Null without an address of a server. Refusals never repeat the password. */
export function readMailServer(environment: Environment): MailServer | null {
  const text = environment['VERKSTAD_SMTP_URL'];
  const perMinute = ratePerMinute(environment['VERKSTAD_MAIL_PER_MINUTE']);
  const from = sender(environment['VERKSTAD_MAIL_FROM']);
  const replyTo = replyAddress(environment['VERKSTAD_MAIL_REPLY_TO']);
  if (!text) return null;
  const url = URL.canParse(text) ? new URL(text) : null;
  const port = url && (url.port === '' ? ports[url.protocol] : Number(url.port));
  const isPlain = url && url.search === '' && url.hash === '' && /^\/?$/u.test(url.pathname);
  if (!url || !port || ports[url.protocol] === undefined || url.hostname === '' || !isPlain)
    throw new StartRefused(
      'VERKSTAD_SMTP_URL must be an address such as smtp://user:password@mail.example:587 or smtps://mail.example, with signs such as @ and / in the password written as %40 and %2F.',
    );
  if (!from)
    throw new StartRefused(
      'VERKSTAD_MAIL_FROM is missing; with VERKSTAD_SMTP_URL it must name the sender, such as Reglab <workshop@reglab.example>.',
    );
  const user = decoded(url.username);
  const auth = user === '' ? null : { user, pass: decoded(url.password) };
  return {
    host: url.hostname.replace(/^\[(.+)\]$/u, '$1'),
    port,
    secure: url.protocol === 'smtps:',
    requireTls: auth !== null && !loopback.test(url.hostname),
    auth,
    from,
    replyTo,
    perMinute,
  };
}

function ratePerMinute(text: string | undefined): number {
  if (!text) return 300;
  const value = Number(text);
  if (/^\d+$/u.test(text) && value >= 1 && value <= fastest) return value;
  throw new StartRefused(
    `VERKSTAD_MAIL_PER_MINUTE is "${text}"; it must be a whole number from 1 to ${fastest}.`,
  );
}

/** `Reglab <workshop@reglab.example>`, or the address alone. */
function sender(text: string | undefined): MailServer['from'] | null {
  if (!text) return null;
  const named = /^\s*"?([^"<>]*?)"?\s*<([^<>]+)>\s*$/u.exec(text);
  const address = mailAddress(named?.[2] ?? text);
  const name = named?.[1] ?? '';
  if (address !== null && !/\p{Cc}/u.test(name)) return { name: name === '' ? null : name, address };
  throw new StartRefused(
    `VERKSTAD_MAIL_FROM is "${text}"; it must be a mail address, with or without a name: Reglab <workshop@reglab.example>.`,
  );
}

function replyAddress(text: string | undefined): string | null {
  if (!text) return null;
  const address = mailAddress(text);
  if (address !== null) return address;
  throw new StartRefused(`VERKSTAD_MAIL_REPLY_TO is "${text}"; it must be a mail address.`);
}

function mailAddress(text: string): string | null {
  const parsed = mailSchema.safeParse(text);
  return parsed.success ? parsed.data : null;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new StartRefused('VERKSTAD_SMTP_URL has a % in the user or password that is not written as %25.');
  }
}
