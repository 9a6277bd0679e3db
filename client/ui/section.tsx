import { type ReactNode, useId } from 'react';
import look from './section.module.css';

interface PageHeadingProps {
  readonly title: string;
  readonly under?: ReactNode;
  readonly actions?: ReactNode;
}

/** The heading of a page within a frame, with what can be done there. */
export function PageHeading({ title, under, actions }: PageHeadingProps) {
  return (
    <div className={look['heading']}>
      <div>
        <h1 className={look['title']}>{title}</h1>
        {under && <div className={look['under']}>{under}</div>}
      </div>
      {actions && <div className={look['actions']}>{actions}</div>}
    </div>
  );
}

interface SectionProps {
  readonly title: string;
  readonly under?: ReactNode;
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}

/** A part of a page with its own heading. */
export function Section({ title, under, actions, children }: SectionProps) {
  const id = useId();
  return (
    <section aria-labelledby={id} className={look['section']}>
      <div className={look['heading']}>
        <div>
          <h2 id={id} className={look['sectionTitle']}>
            {title}
          </h2>
          {under && <div className={look['under']}>{under}</div>}
        </div>
        {actions && <div className={look['actions']}>{actions}</div>}
      </div>
      {children}
    </section>
  );
}
