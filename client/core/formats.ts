import { useMemo } from 'react';
import { type Formats, formatsFor, localeOf } from '../../shared/core/formats.ts';
import { useLanguage } from './language.ts';

export { type Formats, formatsFor, localeOf };

/** Formats in the page's language; without a zone, in the reader's own. */
export function useFormats(timeZone?: string): Formats {
  const { language } = useLanguage();
  return useMemo(() => formatsFor(language, timeZone), [language, timeZone]);
}
