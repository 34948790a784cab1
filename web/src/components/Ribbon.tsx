import styles from './Ribbon.module.css';

export interface RibbonPart {
  readonly from: number;
  readonly to: number;
  readonly state: 'ok' | 'firing' | 'pending' | 'down' | 'unknown';
}

interface RibbonProps {
  readonly from: number;
  readonly to: number;
  /** What was not healthy is drawn; the rest is grey. */
  readonly parts: readonly RibbonPart[];
  /** The sentence that says the same. */
  readonly label: string;
}

/** A state over the range: a healthy hour is a grey bar. */
export function Ribbon({ from, to, parts, label }: RibbonProps) {
  const width = Math.max(to - from, 1);
  const place = (at: number): number => ((Math.min(Math.max(at, from), to) - from) / width) * 100;
  return (
    <span className={styles.ribbon} role="img" aria-label={label} title={label}>
      {parts
        .filter((part) => part.state !== 'ok' && part.to > from && part.from < to)
        .map((part) => (
          <span
            key={`${part.from} ${part.state}`}
            className={styles.part}
            data-state={part.state}
            style={{ left: `${place(part.from)}%`, width: `max(2px, ${place(part.to) - place(part.from)}%)` }}
          />
        ))}
    </span>
  );
}
