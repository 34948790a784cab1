import { IconFileAlert, IconLayoutDashboard, IconPlugConnectedX, IconRuler2, IconSendOff, type Icon } from '@tabler/icons-react';
import { Link } from 'react-router-dom';
import type { BrokenThing } from '../../api/overview';
import { Panel } from '../../components/Panel';
import { describeTime, formatClock, formatDate } from '../../lib/formatTime';
import { useZone } from '../../state/zone';
import styles from './BrokenPanel.module.css';

const icons: Readonly<Record<BrokenThing['kind'], Icon>> = {
  target: IconPlugConnectedX, receiver: IconSendOff, rule: IconRuler2, config: IconFileAlert, dashboard: IconLayoutDashboard,
};
const words: Readonly<Record<BrokenThing['kind'], string>> = { target: 'Target', receiver: 'Receiver', rule: 'Rule', config: 'Configuration', dashboard: 'Dashboard' };

/** What is broken and has no alert. Nothing when there is none. */
export function BrokenPanel({ things, now }: { readonly things: readonly BrokenThing[]; readonly now: number }) {
  const zone = useZone();
  if (things.length === 0) {
    return null;
  }

  return (
    <Panel flush title="Not alerting, but broken">
      <ul className={styles.rows}>
        {things.map(({ kind, subject, text, since, link }) => {
          const Picture = icons[kind];
          return (
            <li key={`${kind} ${subject}`} className={styles.row}>
              <Picture className={styles.icon} size={16} stroke={1.6} aria-label={words[kind]} />
              <span className={styles.text}>
                <Link className={styles.subject} to={link}>{subject}</Link> {text}
                {since !== undefined && (
                  <>
                    {' '}
                    <time className={styles.since} title={describeTime(since, now, zone)}>
                      since {formatDate(since, zone) === formatDate(now, zone) ? '' : `${formatDate(since, zone)} `}{formatClock(since, zone)}
                    </time>
                  </>
                )}
              </span>
            </li>
          );
        })}
      </ul>
    </Panel>
  );
}
