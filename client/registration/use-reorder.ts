import { type PointerEvent as ReactPointerEvent, useEffect, useRef, useState } from 'react';

/** A row that is being dragged: how far it is from its place, in pixels, and where it would land. */
export interface Dragged {
  readonly from: number;
  readonly to: number;
  readonly by: number;
  readonly height: number;
}

interface Box {
  readonly top: number;
  readonly height: number;
}

const edge = 80;
const step = 12;

/** Where a row lands that was dragged `by` pixels from its place: before every other row whose middle is below its own. */
export function landing(rows: readonly Box[], from: number, by: number): number {
  const own = rows[from];
  if (!own) return from;
  const middle = own.top + own.height / 2 + by;
  return rows.filter((row, i) => i !== from && row.top + row.height / 2 < middle).length;
}

/** How far another row gives way while one is dragged over it. */
export function givesWay(index: number, { from, to, height }: Dragged): number {
  if (index > from && index <= to) return -height;
  return index < from && index >= to ? height : 0;
}

/** Drags a row of a list by its handle, with mouse, pen or finger; nothing moves before it is released. Escape lets go. */
export function useReorder(
  list: { readonly current: HTMLElement | null },
  onDrop: (from: number, to: number) => void,
) {
  const [dragged, setDragged] = useState<Dragged | null>(null);
  const end = useRef<(() => void) | null>(null);
  useEffect(() => () => end.current?.(), []);

  const press = (event: ReactPointerEvent, from: number): void => {
    if (event.button !== 0) return;
    end.current?.();
    const rows = [...(list.current?.children ?? [])].map((row) => {
      const { top, height } = row.getBoundingClientRect();
      return { top, height };
    });
    const startY = event.clientY + scrollY;
    let y = event.clientY;
    let now: Dragged | null = null;
    let frame = 0;
    const measure = (): Dragged | null => {
      const by = y + scrollY - startY;
      if (now === null && Math.abs(by) <= 4) return null;
      now = { from, to: landing(rows, from, by), by, height: rows[from]?.height ?? 0 };
      return now;
    };
    const draw = (): void => {
      if (y < edge) scrollBy(0, -step);
      else if (y > innerHeight - edge) scrollBy(0, step);
      setDragged(measure());
      frame = requestAnimationFrame(draw);
    };
    const stop = (): void => {
      cancelAnimationFrame(frame);
      listeners.abort();
      end.current = null;
      setDragged(null);
    };
    const listeners = new AbortController();
    const { signal } = listeners;
    addEventListener('pointermove', (moved) => (y = moved.clientY), { signal });
    addEventListener(
      'pointerup',
      (released) => {
        // Where it is let go, which may be further than what was drawn last.
        y = released.clientY;
        const last = measure();
        stop();
        if (last && last.to !== from) onDrop(from, last.to);
      },
      { signal },
    );
    addEventListener('pointercancel', stop, { signal });
    addEventListener('keydown', (pressed) => pressed.key === 'Escape' && stop(), { signal });
    end.current = stop;
    draw();
  };

  return { dragged, press };
}
