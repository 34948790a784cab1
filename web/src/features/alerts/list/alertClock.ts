import type { Alert } from '../../../api/alerts';
import { formatDuration } from '../../../lib/formatDuration';
import { NBSP } from '../../../lib/formatNumber';
import { formatAge, formatClock } from '../../../lib/formatTime';

const minute = 60_000;

/** The clock at the right of an alert: how long it fires, how far it pends ("4 of 10 m"), when it ended. */
export function alertClock(alert: Alert, now: number, zone: string): string {
  switch (alert.state) {
    case 'pending':
      return alert.firesAt === undefined ? formatAge(alert.since, now) : progress(now - alert.since, alert.firesAt - alert.since);
    case 'resolved':
      return formatClock(alert.resolvedAt ?? alert.since, zone);
    default:
      return formatAge(alert.firingSince ?? alert.since, now);
  }
}

/** How much of a time has passed, in the unit of the whole. */
export function progress(passed: number, whole: number): string {
  const within = Math.min(Math.max(passed, 0), whole);
  if (whole < 2 * minute) {
    return `${Math.floor(within / 1000)} of ${Math.round(whole / 1000)}${NBSP}s`;
  }

  return whole <= 120 * minute && whole % minute === 0
    ? `${Math.floor(within / minute)} of ${whole / minute}${NBSP}m`
    : `${formatDuration(Math.floor(within / minute) * minute)} of ${formatDuration(whole)}`;
}
