import { formatDuration } from './formatDuration';

const formats = new Map<string, Intl.DateTimeFormat>();

/** The fields of an instant in a zone of the IANA names; a zone that is not known counts as UTC. */
export interface ZonedTime {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly millisecond: number;
}

export function isZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en-GB', { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}

function formatOf(zone: string): Intl.DateTimeFormat {
  let format = formats.get(zone);
  if (format === undefined) {
    format = new Intl.DateTimeFormat('en-GB', {
      timeZone: isZone(zone) ? zone : 'UTC',
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
    });
    formats.set(zone, format);
  }

  return format;
}

export function zonedTime(ms: number, zone = 'UTC'): ZonedTime {
  const fields = new Map(formatOf(zone).formatToParts(ms).map((part) => [part.type, part.value]));
  const read = (type: Intl.DateTimeFormatPartTypes): number => Number(fields.get(type));
  return {
    year: read('year'),
    month: read('month'),
    day: read('day'),
    hour: read('hour'),
    minute: read('minute'),
    second: read('second'),
    millisecond: ((ms % 1000) + 1000) % 1000,
  };
}

/** The instant at which clocks in the zone show these fields; of an hour that occurs twice the first, of one that is skipped the next. */
export function instantOf(year: number, month: number, day: number, hour: number, minute: number, second: number, ms: number, zone = 'UTC'): number {
  const wanted = Date.UTC(year, month - 1, day, hour, minute, second, ms);
  const first = wanted - offsetAt(wanted, zone);
  return wanted - offsetAt(first, zone);
}

/** How far clocks in the zone are ahead of UTC, in milliseconds. */
export function offsetAt(ms: number, zone = 'UTC'): number {
  const at = zonedTime(ms, zone);
  return Date.UTC(at.year, at.month - 1, at.day, at.hour, at.minute, at.second, at.millisecond) - ms;
}

const two = (value: number): string => String(value).padStart(2, '0');

/** 10:24, or 10:24:30 with seconds. */
export function formatClock(ms: number, zone = 'UTC', withSeconds = false): string {
  const at = zonedTime(ms, zone);
  return withSeconds ? `${two(at.hour)}:${two(at.minute)}:${two(at.second)}` : `${two(at.hour)}:${two(at.minute)}`;
}

/** 2026-11-20. */
export function formatDate(ms: number, zone = 'UTC'): string {
  const at = zonedTime(ms, zone);
  return `${at.year}-${two(at.month)}-${two(at.day)}`;
}

/** 2026-11-20 10:24:30. */
export function formatDateTime(ms: number, zone = 'UTC'): string {
  return `${formatDate(ms, zone)} ${formatClock(ms, zone, true)}`;
}

/** Short and exact: "14 m", "in 3 m", "now" within a second. */
export function formatAge(ms: number, now: number): string {
  const age = now - ms;
  if (Math.abs(age) < 1000) {
    return 'now';
  }

  const text = formatDuration(coarse(Math.abs(age)));
  return age < 0 ? `in ${text}` : text;
}

// Ages have no use for the second part until there are days.
function coarse(ms: number): number {
  const size = ms < 60_000 ? 1000 : ms < 3_600_000 ? 60_000 : ms < 86_400_000 ? 60_000 : 3_600_000;
  return Math.floor(ms / size) * size;
}

/** Younger than an hour its age, today its clock, else its date. */
export function formatWhen(ms: number, now: number, zone = 'UTC'): string {
  if (Math.abs(now - ms) < 3_600_000) {
    return formatAge(ms, now);
  }

  return formatDate(ms, zone) === formatDate(now, zone) ? formatClock(ms, zone) : formatDate(ms, zone);
}

/** What hovering a time shows: absolute, relative and UTC. */
export function describeTime(ms: number, now: number, zone = 'UTC'): string {
  const age = formatAge(ms, now);
  const relative = age === 'now' || age.startsWith('in ') ? age : `${age} ago`;
  const local = `${formatDateTime(ms, zone)} ${zone}`;
  return zone === 'UTC' ? `${local}, ${relative}` : `${local}, ${relative}, ${formatDateTime(ms)} UTC`;
}

/** 10:24 – 11:24 of today; with dates when they are needed to understand it. */
export function formatRange(from: number, to: number, now: number, zone = 'UTC'): string {
  const [firstDay, lastDay, today] = [formatDate(from, zone), formatDate(to, zone), formatDate(now, zone)];
  const seconds = to - from < 300_000;
  const end = formatClock(to, zone, seconds);
  if (firstDay !== lastDay) {
    return `${firstDay} ${formatClock(from, zone, seconds)} – ${lastDay} ${end}`;
  }

  return `${firstDay === today ? '' : `${firstDay} `}${formatClock(from, zone, seconds)} – ${end}`;
}
