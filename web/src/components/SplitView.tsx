import { IconChevronLeft } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useKey } from '../state/keys';
import styles from './SplitView.module.css';

interface SplitViewProps {
  readonly list: ReactNode;
  /** What is opened, or undefined. */
  readonly opened: ReactNode | undefined;
  /** The name of the opened thing, for readers of the screen. */
  readonly openedLabel: string;
  onClose(): void;
  /** The width of the opened thing on wide screens: `half` for one that carries charts. */
  readonly size?: 'half' | 'narrow';
}

/** A list, and what is opened right of it; a drawer over the list below 1200 px, a page of its own below 900. */
export function SplitView({ list, opened, openedLabel, onClose, size = 'half' }: SplitViewProps) {
  const isOpen = opened !== undefined;
  useKey('close', onClose, isOpen);
  return (
    <div className={styles.split} data-open={isOpen || undefined} data-size={size}>
      <div className={styles.list}>{list}</div>
      {isOpen && (
        <>
          <div className={styles.shade} onClick={onClose} aria-hidden />
          <aside className={styles.opened} aria-label={openedLabel}>
            <button type="button" className={styles.back} onClick={onClose}>
              <IconChevronLeft size={16} stroke={1.6} aria-hidden />
              Back
            </button>
            {opened}
          </aside>
        </>
      )}
    </div>
  );
}
