import { parseDuration } from './formatDuration';
import { instantOf, zonedTime } from './formatTime';

/**
 * An end of a range as it stands in an address: `now`, `now-1h`, `now-1d/d`, ISO 8601, or milliseconds since the epoch.
 * @param roundUp Where `/d` rounds to: the end of the unit for the end of a range.
 * @returns Milliseconds, or undefined for anything else.
 */
export function resolveTime(text: string, now: number, zone = 'UTC', roundUp = false): number | undefined {
  const relative = /^now(?:([+-])([0-9a-z.]+))?(?:\/([smhdwMy]))?$/.exec(text.trim());
  if (relative !== null) {
    const [, sign, amount, unit] = relative;
    const shift = amount === undefined ? 0 : parseDuration(amount);
    if (shift === undefined) {
      return undefined;
    }

    const at = sign === '-' ? now - shift : now + shift;
    return unit === undefined ? at : round(at, unit, zone, roundUp);
  }

  if (/^-?\d{1,17}(\.\d+)?$/.test(text)) {
    return Math.round(Number(text));
  }

  return parseIso(text, zone);
}

/** ISO 8601; without an offset the clock of the zone is meant. Also the form with a space and with a comma before the milliseconds, as logs have it. */
export function parseIso(text: string, zone = 'UTC'): number | undefined {
  const found = /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?)?\s*(Z|UTC|[+-]\d\d:?\d\d)?$/i.exec(text.trim());
  if (found === null) {
    return undefined;
  }

  const [, year, month, day, hour = '0', minute = '0', second = '0', fraction = '', offset] = found;
  const fields = [Number(year), Number(month), Number(day), Number(hour), Number(minute), Number(second), Number(fraction.padEnd(3, '0').slice(0, 3))] as const;
  if (fields[1] < 1 || fields[1] > 12 || fields[2] < 1 || fields[2] > 31 || fields[3] > 24 || fields[4] > 59 || fields[5] > 60) {
    return undefined;
  }

  const [y, mo, d, h, mi, s, ms] = fields;
  if (offset === undefined) {
    return instantOf(y, mo, d, h, mi, s, ms, zone);
  }

  return Date.UTC(y, mo - 1, d, h, mi, s, ms) - readOffset(offset);
}

function readOffset(text: string): number {
  const found = /^([+-])(\d\d):?(\d\d)$/.exec(text);
  if (found === null) {
    return 0;
  }

  const minutes = Number(found[2]) * 60 + Number(found[3]);
  return (found[1] === '-' ? -minutes : minutes) * 60_000;
}

function round(at: number, unit: string, zone: string, up: boolean): number {
  const t = zonedTime(at, zone);
  const add = up ? 1 : 0;
  const start = (): number => {
    switch (unit) {
      case 's':
        return instantOf(t.year, t.month, t.day, t.hour, t.minute, t.second + add, 0, zone);
      case 'm':
        return instantOf(t.year, t.month, t.day, t.hour, t.minute + add, 0, 0, zone);
      case 'h':
        return instantOf(t.year, t.month, t.day, t.hour + add, 0, 0, 0, zone);
      case 'w': {
        const sinceMonday = (new Date(Date.UTC(t.year, t.month - 1, t.day)).getUTCDay() + 6) % 7;
        return instantOf(t.year, t.month, t.day - sinceMonday + 7 * add, 0, 0, 0, 0, zone);
      }
      case 'M':
        return instantOf(t.year, t.month + add, 1, 0, 0, 0, 0, zone);
      case 'y':
        return instantOf(t.year + add, 1, 1, 0, 0, 0, 0, zone);
      default:
        return instantOf(t.year, t.month, t.day + add, 0, 0, 0, 0, zone);
    }
  };
  return up ? start() - 1 : start();
}
