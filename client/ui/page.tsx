import type { ReactNode } from 'react';
import { useCommonTexts } from '../core/common-texts.ts';
import { paths } from '../core/paths.ts';
import { classes } from './classes.ts';
import look from './page.module.css';

interface PageProps {
  /** The line above the title: where we are. */
  readonly above?: ReactNode;
  readonly title: ReactNode;
  /** Beside the title: the state of things in one line. */
  readonly under?: ReactNode;
  /** Navigation and language, at the top right. */
  readonly aside?: ReactNode;
  readonly wide?: boolean;
  /** Whether the page says at its end, itself, what every page says there. */
  readonly ownEnd?: boolean;
  readonly children: ReactNode;
}

/** A page: its header and its content. `wide` uses the whole screen. */
export function Page({ above, title, under, aside, wide = false, ownEnd = false, children }: PageProps) {
  return (
    <div className={classes(look['page'], wide && look['wide'])}>
      <header className={look['header']}>
        <div className={look['top']}>
          <p className={look['above']}>{above}</p>
          {aside && <div className={look['aside']}>{aside}</div>}
        </div>
        <h1 className={look['title']}>{title}</h1>
        {under && <div className={look['under']}>{under}</div>}
      </header>
      <main id="content" tabIndex={-1} className={look['main']}>
        {children}
      </main>
      {!ownEnd && <PageEnd />}
    </div>
  );
}

/** What every page says at its end. */
export function PageEnd() {
  const t = useCommonTexts();
  return (
    <footer className={look['end']}>
      <a href={paths.accessibility}>{t('accessibility')}</a>
    </footer>
  );
}
