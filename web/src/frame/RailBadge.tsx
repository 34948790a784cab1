import { useAlertCounts, useTargetCounts } from '../api/events';
import { formatCount } from '../lib/formatNumber';
import { plural } from '../lib/plural';
import styles from './RailBadge.module.css';

/** A number somebody must act on: firing alerts in red, targets only while some are down. */
export function RailBadge({ badge }: { readonly badge: 'firing' | 'targets' }) {
  const alerts = useAlertCounts();
  const targets = useTargetCounts();
  if (badge === 'firing') {
    return alerts === undefined || alerts.firing === 0 ? null : (
      <span className={styles.firing} aria-label={`${plural(alerts.firing, 'alert')} firing`}>
        {formatCount(alerts.firing)}
      </span>
    );
  }

  return targets === undefined || targets.up === targets.total ? null : (
    <span className={styles.targets} aria-label={`${targets.up} of ${plural(targets.total, 'target')} up`}>
      {targets.up}/{targets.total}
    </span>
  );
}
