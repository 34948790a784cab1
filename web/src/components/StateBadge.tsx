import type { ReactNode } from 'react';
import { StateMark, type State } from './StateMark';
import styles from './StateBadge.module.css';

interface StateBadgeProps {
  readonly state: State;
  /** The word and its clock: "firing 9 m". The state itself without. */
  readonly children?: ReactNode;
  /** Severity and kind are words, not states: no mark. */
  readonly mark?: boolean;
}

/** Mark and word on the tint of the state. */
export function StateBadge({ state, children, mark = true }: StateBadgeProps) {
  return (
    <span className={styles.badge} data-state={state}>
      {mark && <StateMark state={state} />}
      {children ?? state}
    </span>
  );
}
