import type { Silence } from '../../../api/silences';
import { formatClock, formatDate } from '../../../lib/formatTime';

/** "Silenced by admin until 12:00", "From 2026-11-21 09:00 until 10:00, by admin", "Ended 11:24, by admin". */
export function silenceSentence(silence: Silence, now: number, zone: string): string {
  const [start, end] = [Date.parse(silence.startsAt), Date.parse(silence.endsAt)];
  switch (silence.status.state) {
    case 'active':
      return `Silenced by ${silence.createdBy} until ${moment(end, now, zone)}`;
    case 'pending':
      return `From ${moment(start, now, zone)} until ${moment(end, now, zone)}, by ${silence.createdBy}`;
    default:
      return `Ended ${moment(end, now, zone)}, by ${silence.createdBy}`;
  }
}

/** The clock; with its date when it is not today. */
export function moment(time: number, now: number, zone: string): string {
  return formatDate(time, zone) === formatDate(now, zone) ? formatClock(time, zone) : `${formatDate(time, zone)} ${formatClock(time, zone)}`;
}
