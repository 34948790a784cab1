import type { ReactNode } from 'react';
import styles from './KeyValue.module.css';

interface KeyValueProps {
  readonly rows: readonly { readonly name: ReactNode; readonly value: ReactNode; readonly key?: string }[];
  /** Values are read, not compared: at the left. */
  readonly left?: boolean;
}

/** Facts with their names. */
export function KeyValue({ rows, left = false }: KeyValueProps) {
  return (
    <dl className={styles.list} data-left={left || undefined}>
      {rows.map((row, index) => (
        <div className={styles.row} key={row.key ?? (typeof row.name === 'string' ? row.name : index)}>
          <dt className={styles.name}>{row.name}</dt>
          <dd className={styles.value}>{row.value}</dd>
        </div>
      ))}
    </dl>
  );
}
