import { encodeQR } from 'qr';
import look from './door-code.module.css';
import { useCalendarTexts } from './texts.ts';

interface DoorCodeProps {
  /** The address that the door's own page about me has. */
  readonly address: string;
  readonly name: string;
}

/** A code for the door: it names me to an organiser who is signed in, and gives nobody else anything. */
export default function DoorCode({ address, name }: DoorCodeProps) {
  const t = useCalendarTexts();
  const rows = encodeQR(address, 'raw', { ecc: 'medium', border: 4 });
  const dark = rows.flatMap((row, y) => row.flatMap((isDark, x) => (isDark ? [`M${x} ${y}h1v1h-1z`] : [])));
  return (
    <figure className={look['code']}>
      <svg
        className={look['image']}
        viewBox={`0 0 ${rows.length} ${rows.length}`}
        shapeRendering="crispEdges"
        role="img"
        aria-label={t('codeLabel', { name })}
      >
        <rect width={rows.length} height={rows.length} fill="#fff" />
        <path d={dark.join('')} fill="#000" />
      </svg>
      <figcaption className={look['caption']}>
        <strong>{name}</strong>
        <span>{t('codeText')}</span>
      </figcaption>
    </figure>
  );
}
