import type { ReactNode } from 'react';
import styles from './EmptyState.module.css';

interface EmptyStateProps {
  readonly title: string;
  /** Why it is empty and what would be here. */
  readonly children?: ReactNode;
  /** The one next action, and others. */
  readonly actions?: ReactNode;
  /** The way by files: "Or put files in dashboards/; they appear within 10 s." */
  readonly hint?: ReactNode;
  /** A drawing of lines, decorative. */
  readonly drawing?: ReactNode;
}

/** Where nothing is yet: what would be here and how it comes about. */
export function EmptyState({ title, children, actions, hint, drawing }: EmptyStateProps) {
  return (
    <div className={styles.empty}>
      {drawing !== undefined && (
        <div className={styles.drawing} aria-hidden>
          {drawing}
        </div>
      )}
      <h2 className={styles.title}>{title}</h2>
      {children !== undefined && <div className={styles.text}>{children}</div>}
      {actions !== undefined && <div className={styles.actions}>{actions}</div>}
      {hint !== undefined && <p className={styles.hint}>{hint}</p>}
    </div>
  );
}
