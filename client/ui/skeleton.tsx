import { classes } from './classes.ts';
import { Hidden } from './hidden.tsx';
import look from './skeleton.module.css';
import type { ReactNode } from 'react';

/** One grey line or block of a page that is on its way; `size` is its share of the width. */
export function Bone({
  size = 'whole',
  tall = false,
}: {
  readonly size?: 'short' | 'half' | 'most' | 'whole';
  readonly tall?: boolean;
}) {
  return <span className={classes(look['bone'], look[size], tall && look['tall'])} />;
}

/** Draws the page's own shape while it loads and says what is being fetched. */
export function Skeleton({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <div aria-busy="true">
      <Hidden>
        <span role="status">{label}</span>
      </Hidden>
      <div aria-hidden="true">{children}</div>
      <p className={look['late']} aria-hidden="true">
        {label}
      </p>
    </div>
  );
}

/** A page's title before it is known. A heading needs words, so whoever hears the page is told that it is being fetched. */
export function TitleToCome({ label }: { readonly label: string }) {
  return (
    <>
      <Hidden>{label}</Hidden>
      <Bone size="half" />
    </>
  );
}
