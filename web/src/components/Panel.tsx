import type { ReactNode } from 'react';
import { cx } from '../lib/cx';
import styles from './Panel.module.css';

interface PanelProps {
  readonly title?: ReactNode;
  /** Grey beside the title: the unit, once. */
  readonly note?: ReactNode;
  /** At the right of the head. */
  readonly actions?: ReactNode;
  /** Content reaches the border: tables and lists of rows. */
  readonly flush?: boolean;
  readonly className?: string | undefined;
  readonly children: ReactNode;
}

/** One hairline around what belongs together. */
export function Panel({ title, note, actions, flush = false, className, children }: PanelProps) {
  const hasHead = title !== undefined || actions !== undefined;
  return (
    <section className={cx(styles.panel, className)}>
      {hasHead && (
        <header className={cx(styles.head, flush && styles.ruled)}>
          {title !== undefined && <h2 className={styles.title}>{title}</h2>}
          {note !== undefined && <span className={styles.note}>{note}</span>}
          {actions !== undefined && <div className={styles.actions}>{actions}</div>}
        </header>
      )}
      <div className={cx(!flush && styles.body, !flush && hasHead && styles.underHead)}>{children}</div>
    </section>
  );
}
