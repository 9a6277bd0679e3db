import { type ReactNode, useEffect, useId, useRef } from 'react';
import { classes } from './classes.ts';
import look from './dialog.module.css';

interface DialogProps {
  readonly open: boolean;
  readonly title: string;
  readonly closeLabel: string;
  readonly onClose: () => void;
  /** wide: for tables and previews. */
  readonly wide?: boolean;
  readonly children: ReactNode;
}

/** A panel over the page; on a phone it rises from the bottom. Escape, the button and a tap outside close it; focus goes back. */
export function Dialog({ open, title, closeLabel, onClose, wide = false, children }: DialogProps) {
  const ref = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  useEffect(() => {
    const dialog = ref.current;
    if (open && dialog && !dialog.open) dialog.showModal();
    if (!open && dialog?.open) dialog.close();
  }, [open]);
  return (
    <dialog
      ref={ref}
      className={classes(look['dialog'], wide && look['wide'])}
      aria-labelledby={titleId}
      onClose={onClose}
      onClick={(event) => {
        if (event.target === event.currentTarget) onClose();
      }}
    >
      {open && (
        <div className={look['inside']}>
          <header className={look['header']}>
            <h2 id={titleId}>{title}</h2>
            <button type="button" className={look['close']} onClick={onClose}>
              {closeLabel}
            </button>
          </header>
          {children}
        </div>
      )}
    </dialog>
  );
}
