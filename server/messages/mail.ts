import { createTransport } from 'nodemailer';
import type { LetterProblem } from '../../shared/core/letters.ts';
import type { MailServer } from '../core/mail-server.ts';
import type { Content } from './content.ts';
import type { Facts } from './reader-queries.ts';
import { htmlOf } from './letter-html.ts';
import { textOf } from './letter-text.ts';

export interface Mail {
  readonly messageId: string;
  readonly to: { readonly name: string; readonly address: string };
  readonly content: Content;
  readonly facts: Pick<Facts, 'language' | 'conference'>;
  readonly replyTo: string | null;
}

/**
 * What became of handing a letter over. refused: never. not-taken: not now. trouble: it is not about this letter; the server cannot be
 * reached, or wants nothing from us.
 */
export type Outcome =
  | { readonly kind: 'sent' }
  | { readonly kind: LetterProblem | 'trouble'; readonly says: string };

/** Hands letters to a mail server. */
export interface Mailer {
  send(mail: Mail): Promise<Outcome>;
  close(): void;
}

/** Connections that are used again and never more than a few; the pool itself tries nothing twice. */
export function createMailer(server: MailServer, url: string): Mailer {
  const { host, port, secure, requireTls, auth, perMinute } = server;
  const transport = createTransport({
    pool: true,
    host,
    port,
    secure,
    requireTLS: requireTls,
    ...(auth && { auth }),
    maxConnections: 3,
    maxRequeues: 0,
    // In spans of ten seconds, so that a few letters never wait for the minute to pass.
    rateDelta: 10_000,
    rateLimit: Math.max(1, Math.floor(perMinute / 6)),
    connectionTimeout: 15_000,
    greetingTimeout: 15_000,
    socketTimeout: 60_000,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  // Each letter is told of its own failure; an error of a connection that nobody uses has no one to tell.
  transport.on('error', () => {});
  const domain = new URL(url).hostname;
  return {
    async send(mail) {
      try {
        await transport.sendMail(messageOf(mail, server, domain));
        return { kind: 'sent' };
      } catch (error) {
        return outcomeOf(error, mail.to.address);
      }
    },
    close: () => transport.close(),
  };
}

/** The same letter has the same Message-ID each time, so that who gets it twice keeps one. */
function messageOf(
  { messageId, to, content, facts, replyTo }: Mail,
  { from, ...server }: MailServer,
  domain: string,
) {
  const { conference, language } = facts;
  const answers = replyTo ?? server.replyTo;
  return {
    messageId: `<${messageId}@${domain}>`,
    from: { name: from.name ?? conference.hostName, address: from.address },
    to,
    envelope: { from: from.address, to: to.address },
    ...(answers !== null && { replyTo: answers }),
    subject: content.subject,
    text: textOf(content),
    html: htmlOf(content, language),
    headers: {
      'Auto-Submitted': 'auto-generated',
      'X-Auto-Response-Suppress': 'OOF, AutoReply',
      'Content-Language': language,
      ...(content.unsubscribe && {
        'List-Unsubscribe': `<${content.unsubscribe.url}>`,
        'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
      }),
    },
  };
}

interface MailError {
  readonly message: string;
  readonly code?: string;
  readonly command?: string;
  readonly response?: string;
  readonly responseCode?: number;
}

/** Replies to these commands are about the letter; the rest are about the server or about us. */
const aboutTheLetter = /^(?:RCPT TO|DATA)/u;
/** The service is closing the connection (RFC 5321, 3.8). */
const closing = 421;

function outcomeOf(thrown: unknown, address: string): Outcome {
  const error = thrown as MailError;
  const says = inOneLine(error.response ?? error.message, address);
  const { code, command, responseCode } = error;
  const isReply = responseCode !== undefined && responseCode !== closing;
  if (isReply && aboutTheLetter.test(command ?? ''))
    return { kind: responseCode >= 500 && responseCode !== 503 ? 'refused' : 'not-taken', says };
  // An address that SMTP cannot express is found before anything is sent.
  if (!isReply && code === 'EENVELOPE') return { kind: 'refused', says };
  return { kind: 'trouble', says };
}

function inOneLine(text: string, address: string): string {
  return text
    .replaceAll(/[\p{Cc}\s]+/gu, ' ')
    .replaceAll(address, '…')
    .trim()
    .slice(0, 300);
}
