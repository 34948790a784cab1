import { IconAlertTriangle } from '@tabler/icons-react';
import { Link } from 'react-router-dom';
import type { AlertCardAnswer } from '../../../api/alerts';
import styles from './RoutesTried.module.css';
import { whoGotNothing } from './whoGotNothing';

/** Who got nothing, and why: the receivers whose routes were tried and did not take the alert. */
export function RoutesTried({ card: { routes } }: { readonly card: AlertCardAnswer }) {
  const { nobody, missed } = whoGotNothing(routes);
  if (!nobody && missed.length === 0) {
    return null;
  }

  return (
    <div className={styles.box} role="note" data-nobody={nobody || undefined}>
      <IconAlertTriangle className={styles.icon} size={16} stroke={1.6} aria-hidden />
      <div>
        {nobody && <p><strong>Nobody is told.</strong> No route takes this alert.</p>}
        {missed.map(({ receiver, reason }) => (
          <p key={receiver}>
            <strong>{receiver} gets nothing.</strong> <span className={styles.reason}>{reason}</span>
          </p>
        ))}
        <Link to="/alerts?view=routes">See the routes</Link>
      </div>
    </div>
  );
}
