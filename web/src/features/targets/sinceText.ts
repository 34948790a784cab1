import { formatClock, formatDate, formatDateTime } from '../../lib/formatTime';

/** The clock of today, else with its date: what began is told by when, not by how long ago. */
export function sinceText(at: number, now: number, zone: string): string {
  return formatDate(at, zone) === formatDate(now, zone) ? formatClock(at, zone) : formatDateTime(at, zone);
}
