import { formatAge } from '../lib/formatTime';
import styles from './AlertList.module.css';

export interface ListedAlert {
  readonly key: string;
  readonly name: string;
  readonly sentence: string;
  readonly state: 'pending' | 'firing' | 'silenced' | 'inhibited' | 'resolved';
  readonly since: number;
  /** An address of Pharos. */
  readonly href: string;
}

interface AlertListProps {
  readonly title: string;
  readonly alerts: readonly ListedAlert[];
  readonly now: number;
}

export function AlertList({ title, alerts, now }: AlertListProps) {
  if (alerts.length === 0) {
    return <div className={styles.empty}>No alerts</div>;
  }
  return (
    <ul className={styles.list} aria-label={title} tabIndex={0}>
      {alerts.map((alert) => (
        <li key={alert.key} className={styles.row}>
          <span className={styles.mark} data-state={alert.state} aria-hidden />
          <a className={styles.name} href={alert.href}>{alert.name}</a>
          <span className={styles.clock} data-state={alert.state}>{`${alert.state} ${formatAge(alert.since, now)}`}</span>
          <span className={styles.sentence}>{alert.sentence}</span>
        </li>
      ))}
    </ul>
  );
}
