import { useEffect, useRef } from 'react';
import type { Alert } from '../../../api/alerts';
import { StateMark } from '../../../components/StateMark';
import { describeTime } from '../../../lib/formatTime';
import { useZone } from '../../../state/zone';
import { alertClock } from './alertClock';
import styles from './AlertRow.module.css';

interface AlertRowProps {
  readonly alert: Alert;
  /** What stands under the name in place of the alert's sentence. */
  readonly sentence?: string | undefined;
  readonly now: number;
  /** Where the keys are. */
  readonly isCurrent: boolean;
  readonly isOpened: boolean;
  onOpen(fingerprint: string): void;
}

/** Mark, name, sentence, clock. */
export function AlertRow({ alert, sentence, now, isCurrent, isOpened, onOpen }: AlertRowProps) {
  const zone = useZone();
  const row = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (isCurrent) {
      row.current?.scrollIntoView({ block: 'nearest' });
    }
  }, [isCurrent]);
  const at = alert.resolvedAt ?? alert.firingSince ?? alert.since;
  return (
    <li>
      <button
        ref={row}
        type="button"
        className={styles.row}
        data-current={isCurrent || undefined}
        aria-current={isOpened ? 'true' : undefined}
        onClick={() => onOpen(alert.fingerprint)}
      >
        <StateMark state={alert.state} label={alert.state} />
        <span className={styles.text}>
          <span className={styles.name}>{alert.name}</span>
          <span className={styles.sentence}>{sentence ?? alert.sentence}</span>
        </span>
        <time className={styles.clock} data-state={alert.state} title={describeTime(at, now, zone)}>
          {alertClock(alert, now, zone)}
        </time>
      </button>
    </li>
  );
}
