import look from './offline-bar.module.css';

/** Stands at the top of the page while there is no network: what is shown, and from when. */
export function OfflineBar({ children }: { readonly children: string }) {
  return (
    <p className={look['bar']} role="status">
      {children}
    </p>
  );
}
