import { type PointerEvent as ReactPointerEvent, useEffect, useRef, useState } from 'react';
import { isDrag } from './carry.ts';

interface DragHandlers {
  /** The press has become a drag. */
  readonly onStart: () => void;
  /** Released over an element, or outside the page (null). */
  readonly onDrop: (target: Element | null) => void;
  /** Escape, or the system took the pointer away. */
  readonly onCancel: () => void;
}

const edge = 48;
const scrollStep = 14;

/**
 * Drags with a mouse or a pen. Fingers scroll, so touch taps twice instead. `at` is where the pointer is while it drags; the
 * click that ends a drag is swallowed. `scroller` scrolls while the pointer is near its edge.
 */
export function usePointerDrag(scroller: { readonly current: HTMLElement | null }) {
  const [at, setAt] = useState<{ x: number; y: number } | null>(null);
  const end = useRef<(() => void) | null>(null);
  useEffect(() => () => end.current?.(), []);

  const press = (event: ReactPointerEvent, handlers: DragHandlers): void => {
    if (event.pointerType === 'touch' || event.button !== 0) return;
    end.current?.();
    const from = { x: event.clientX, y: event.clientY };
    let now = from;
    let dragging = false;
    let frame = 0;
    const scroll = (): void => {
      scrollNearEdge(scroller.current, now);
      frame = requestAnimationFrame(scroll);
    };
    const move = (moved: PointerEvent): void => {
      now = { x: moved.clientX, y: moved.clientY };
      if (!dragging && isDrag(from, now)) {
        dragging = true;
        getSelection()?.removeAllRanges();
        handlers.onStart();
        scroll();
      }
      if (dragging) setAt(now);
    };
    const stop = (): void => {
      cancelAnimationFrame(frame);
      listeners.abort();
      end.current = null;
      setAt(null);
    };
    const up = (): void => {
      stop();
      if (!dragging) return;
      swallowClick();
      handlers.onDrop(document.elementFromPoint(now.x, now.y));
    };
    const cancel = (): void => {
      stop();
      if (dragging) handlers.onCancel();
    };
    const listeners = new AbortController();
    const { signal } = listeners;
    addEventListener('pointermove', move, { signal });
    addEventListener('pointerup', up, { signal });
    addEventListener('pointercancel', cancel, { signal });
    addEventListener('keydown', (pressed) => pressed.key === 'Escape' && cancel(), { signal });
    end.current = stop;
  };

  return { at, press };
}

/** The browser sends a click after the release of a drag when both ends are in the same element. */
function swallowClick(): void {
  const swallow = (event: MouseEvent): void => {
    event.stopPropagation();
    event.preventDefault();
  };
  addEventListener('click', swallow, { capture: true, once: true });
  setTimeout(() => removeEventListener('click', swallow, { capture: true }), 0);
}

function scrollNearEdge(scroller: HTMLElement | null, at: { x: number; y: number }): void {
  if (!scroller) return;
  const box = scroller.getBoundingClientRect();
  const step = (position: number, start: number, stop: number): number => {
    if (position < start + edge) return -scrollStep;
    return position > stop - edge ? scrollStep : 0;
  };
  const within = at.x > box.left && at.x < box.right && at.y > box.top - edge && at.y < box.bottom + edge;
  if (within) scroller.scrollBy(step(at.x, box.left, box.right), step(at.y, box.top, box.bottom));
}
