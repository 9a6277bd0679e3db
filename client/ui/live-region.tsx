import { createContext, type ReactNode, use, useCallback, useRef, useState } from 'react';
import { Hidden } from './hidden.tsx';

const AnnounceContext = createContext<(sentence: string) => void>(() => {});

/** Says a sentence to screen readers, politely; what is said again at once is said again. */
export function useAnnounce(): (sentence: string) => void {
  return use(AnnounceContext);
}

/** Holds the one polite live region of the page. */
export function LiveRegion({ children }: { readonly children: ReactNode }) {
  const [sentence, setSentence] = useState('');
  const turn = useRef(false);
  const announce = useCallback((said: string) => {
    turn.current = !turn.current;
    setSentence(turn.current ? said : `${said}\u00a0`);
  }, []);
  return (
    <AnnounceContext value={announce}>
      {children}
      <Hidden>
        <span role="status">{sentence}</span>
      </Hidden>
    </AnnounceContext>
  );
}
