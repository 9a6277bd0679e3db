import { classes } from './classes.ts';
import look from './meter.module.css';

interface MeterProps {
  readonly value: number;
  readonly max: number;
  /** The figure in words; always shown beside the bar or given here for ears. */
  readonly label?: string;
  /** Little is left. */
  readonly low?: boolean;
  readonly className?: string | undefined;
}

/**
 * A fill bar. Its figure stands beside it in the page, so that without a label it is for the eye only. Drawn as SVG attributes:
 * it needs no style in served HTML.
 */
export function Meter({ value, max, label, low = false, className }: MeterProps) {
  const share = max <= 0 ? 1 : Math.min(1, Math.max(0, value / max));
  return (
    <svg
      className={classes(look['meter'], low && look['low'], className)}
      viewBox="0 0 100 6"
      preserveAspectRatio="none"
      {...(label === undefined ? { 'aria-hidden': true } : { role: 'img', 'aria-label': label })}
    >
      <rect className={look['track']} width="100" height="6" />
      <rect className={look['fill']} width={Math.round(share * 1000) / 10} height="6" />
    </svg>
  );
}
