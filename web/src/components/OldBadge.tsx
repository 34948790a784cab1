import { formatClock } from '../lib/formatTime';
import { StateBadge } from './StateBadge';

/** Data that is older than it should be: when it was right. */
export function OldBadge({ at, zone = 'UTC', reason }: { readonly at: number; readonly zone?: string; readonly reason?: string }) {
  return (
    <span title={reason}>
      <StateBadge state="old" mark={false}>
        old: {formatClock(at, zone)}
      </StateBadge>
    </span>
  );
}
