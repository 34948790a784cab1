import { formatDuration, parseDuration } from './formatDuration';
import { formatRange } from './formatTime';
import type { RangeText } from './parseTimeRange';

export interface RangePreset {
  readonly range: RangeText;
  readonly name: string;
}

const last = (amount: string, name: string): RangePreset => ({ range: { from: `now-${amount}`, to: 'now' }, name: `Last ${name}` });

export const rangePresets: readonly RangePreset[] = [
  last('15m', '15 minutes'),
  last('1h', '1 hour'),
  last('3h', '3 hours'),
  last('6h', '6 hours'),
  last('24h', '24 hours'),
  last('7d', '7 days'),
  last('30d', '30 days'),
];

const named: Readonly<Record<string, string>> = {
  'now/d now': 'Today',
  'now-1d/d now-1d/d': 'Yesterday',
  'now/w now': 'This week',
  'now-7d/w now-7d/w': 'Last week',
  'now/M now': 'This month',
};

/** What a range is called; undefined for one that is only its two times. */
export function rangeName(range: RangeText): string | undefined {
  const preset = rangePresets.find((one) => one.range.from === range.from && one.range.to === range.to);
  if (preset !== undefined) {
    return preset.name;
  }

  const amount = range.to === 'now' ? /^now-(\w+)$/.exec(range.from)?.[1] : undefined;
  const duration = amount === undefined ? undefined : parseDuration(amount);
  return duration === undefined ? named[`${range.from} ${range.to}`] : `Last ${formatDuration(duration)}`;
}

/** "Last 1 hour 10:24 – 11:24 UTC" in two parts. */
export function describeRange(range: RangeText, from: number, to: number, now: number, zone: string): { name: string | undefined; times: string } {
  return { name: rangeName(range), times: `${formatRange(from, to, now, zone)} ${zoneName(zone)}` };
}

/** UTC, or the place of an IANA name: "Berlin". */
export function zoneName(zone: string): string {
  return zone === 'Etc/UTC' || zone === 'UTC' ? 'UTC' : (zone.split('/').at(-1) ?? zone).replaceAll('_', ' ');
}
