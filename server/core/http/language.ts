import { defaultLanguage, type Language, languages } from '../../../shared/core/language.ts';

interface Asked {
  readonly 'x-language'?: string | string[] | undefined;
  readonly 'accept-language'?: string | undefined;
}

/** The language to answer in: the header X-Language, then the cookie `language`, then Accept-Language, then Swedish. */
export function negotiateLanguage(headers: Asked, cookie: string | undefined): Language {
  const chosen = [headers['x-language'], cookie].find((value) => isLanguage(value));
  if (isLanguage(chosen)) return chosen;
  return remembered(headers['accept-language'] ?? '');
}

/** Most browsers send one of a few headers with every request, and reading one takes longer than reading the body. */
const known = new Map<string, Language>();
const mostKnown = 1000;
const longestKnown = 200;

function remembered(header: string): Language {
  const before = known.get(header);
  if (before !== undefined) return before;
  const language = accepted(header) ?? defaultLanguage;
  if (header.length > longestKnown) return language;
  if (known.size === mostKnown) known.clear();
  known.set(header, language);
  return language;
}

/** The best language we have among those of an Accept-Language header (RFC 9110, 12.5.4). */
function accepted(header: string): Language | undefined {
  return header
    .split(',', 20)
    .map((part) => {
      const [tag = '', ...parameters] = part.trim().toLowerCase().split(';');
      const quality = parameters.map((p) => /^\s*q=([01](?:\.\d{0,3})?)\s*$/u.exec(p)?.[1]).find(Boolean);
      return { language: tag.split('-')[0]!.trim(), quality: quality === undefined ? 1 : Number(quality) };
    })
    .filter(({ language, quality }) => isLanguage(language) && quality > 0)
    .sort((a, b) => b.quality - a.quality)
    .map(({ language }) => language)
    .find(isLanguage);
}

function isLanguage(value: unknown): value is Language {
  return (languages as readonly unknown[]).includes(value);
}
