import { formatSignificant, NBSP } from './formatNumber';

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

/** Milliseconds in words: 0.4 ms, 84 ms, 2.31 s; from a minute on two parts: 4 m 10 s, 3 h 5 m, 34 d. */
export function formatDuration(ms: number): string {
  if (!Number.isFinite(ms)) {
    return Number.isNaN(ms) ? 'NaN' : ms > 0 ? '∞' : '-∞';
  }

  const sign = ms < 0 ? '-' : '';
  const size = Math.abs(ms);
  return sign + (size < 59.95 * second ? formatShort(size) : formatParts(size));
}

function formatShort(ms: number): string {
  if (ms === 0) {
    return `0${NBSP}s`;
  }

  if (ms >= 999.5) {
    return `${formatSignificant(ms / second)}${NBSP}s`;
  }

  if (ms >= 0.1) {
    return `${formatSignificant(ms)}${NBSP}ms`;
  }

  return ms >= 0.0009995 ? `${formatSignificant(ms * 1e3)}${NBSP}µs` : `${formatSignificant(ms * 1e6)}${NBSP}ns`;
}

function formatParts(ms: number): string {
  if (ms < hour - second / 2) {
    return join(Math.round(ms / second), 60, 'm', 's');
  }

  if (ms < day - minute / 2) {
    return join(Math.round(ms / minute), 60, 'h', 'm');
  }

  return ms < 10 * day ? join(Math.round(ms / hour), 24, 'd', 'h') : `${Math.round(ms / day).toLocaleString('en-US')}${NBSP}d`;
}

function join(small: number, of: number, bigUnit: string, smallUnit: string): string {
  const rest = small % of;
  const big = `${Math.floor(small / of)}${NBSP}${bigUnit}`;
  return rest === 0 ? big : `${big} ${rest}${NBSP}${smallUnit}`;
}

/** A duration as Prometheus writes it, exact: 1d, 1h30m, 15s, 500ms. */
export function formatPromDuration(ms: number): string {
  if (ms === 0) {
    return '0s';
  }

  let rest = Math.round(ms);
  let text = '';
  for (const [unit, size] of [['d', day], ['h', hour], ['m', minute], ['s', second], ['ms', 1]] as const) {
    const count = Math.floor(rest / size);
    if (count > 0) {
      text += `${count}${unit}`;
      rest -= count * size;
    }
  }

  return text;
}

/** A duration that a configuration wrote, as durations are told everywhere; what cannot be read stays. */
export function tellDuration(text: string): string {
  const ms = parseDuration(text);
  return ms === undefined ? text : formatDuration(ms);
}

const units: Readonly<Record<string, number>> = { ms: 1, s: second, m: minute, h: hour, d: day, w: 7 * day, y: 365 * day };

/** Reads what Prometheus and Grafana write: 5m, 1h30m, 90s, 1d. Undefined for anything else. */
export function parseDuration(text: string): number | undefined {
  const parts = [...text.matchAll(/(\d+(?:\.\d+)?)(ms|[smhdwy])/g)];
  if (parts.length === 0 || parts.map((part) => part[0]).join('') !== text) {
    return undefined;
  }

  return parts.reduce((sum, [, count, unit]) => sum + Number(count) * (units[unit ?? ''] ?? 0), 0);
}
