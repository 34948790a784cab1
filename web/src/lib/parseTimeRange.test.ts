import { parseTimeRange } from './parseTimeRange';
import { resolveTime } from './resolveTime';

const now = Date.UTC(2026, 10, 20, 11, 24, 15);
const utc = (day: number, hour: number, minute = 0, second = 0, ms = 0): number => Date.UTC(2026, 10, day, hour, minute, second, ms);

function resolved(text: string, zone = 'UTC'): readonly [number, number] | string {
  const parsed = parseTimeRange(text, now, zone);
  return parsed.ok ? [resolveTime(parsed.range.from, now, zone) ?? -1, resolveTime(parsed.range.to, now, zone, true) ?? -1] : parsed.message;
}

it.each([
  ['3h', 'now-3h'],
  ['90m', 'now-90m'],
  ['now-1h', 'now-1h'],
  ['last 3 hours', 'now-3h'],
  ['30 min', 'now-30m'],
  ['2 days', 'now-2d'],
  ['-6h', 'now-6h'],
])('%s stays relative', (text, from) => {
  expect(parseTimeRange(text, now)).toEqual({ ok: true, range: { from, to: 'now' } });
});

it.each([
  ['yesterday', utc(19, 0), utc(20, 0) - 1],
  ['today', utc(20, 0), now],
  ['10:00-11:00', utc(20, 10), utc(20, 11)],
  ['10:00 – 11:00:30', utc(20, 10), utc(20, 11, 0, 30)],
  ['now-2h to now-1h', now - 7_200_000, now - 3_600_000],
  ['2026-11-18', utc(18, 0), utc(19, 0) - 1],
  ['2026-11-18 to 2026-11-19', utc(18, 0), utc(19, 0)],
  ['2026-11-18T10:00:00Z/2026-11-18T11:00:00Z', utc(18, 10), utc(18, 11)],
  ['2026-11-18 10:00 to 11:00', utc(18, 10), utc(18, 11)],
  [`${utc(18, 10) / 1000} - ${utc(18, 11) / 1000}`, utc(18, 10), utc(18, 11)],
  [`{"from":"2026-11-18T10:00:00.000Z","to":"2026-11-18T11:00:00.000Z"}`, utc(18, 10), utc(18, 11)],
  ['{"from":"now-6h","to":"now"}', now - 6 * 3_600_000, now],
  [`http://host/d/x/y?orgId=1&from=${utc(18, 10)}&to=${utc(18, 11)}`, utc(18, 10), utc(18, 11)],
])('%s', (text, from, to) => {
  expect(resolved(text)).toEqual([from, to]);
});

it.each([
  ['2026-11-20T10:24:30Z', utc(20, 10, 24, 30)],
  ['2026-11-20 10:24:30,123', utc(20, 10, 24, 30, 123)],
  ['2026-11-20T12:24:30+02:00', utc(20, 10, 24, 30)],
  ['20/Nov/2026:10:24:30 +0000', utc(20, 10, 24, 30)],
  ['[20/Nov/2026:12:24:30 +0200]', utc(20, 10, 24, 30)],
  [String(utc(20, 10, 24, 30)), utc(20, 10, 24, 30)],
  [String(utc(20, 10, 24, 30) / 1000), utc(20, 10, 24, 30)],
  [`${utc(20, 10, 24, 30)}000000`, utc(20, 10, 24, 30)],
])('%s is a moment, shown with a quarter of an hour on both sides', (text, at) => {
  expect(resolved(text)).toEqual([at - 900_000, at + 900_000]);
});

it('clocks and days are those of the zone', () => {
  expect(resolved('10:00-11:00', 'Europe/Berlin')).toEqual([utc(20, 9), utc(20, 10)]);
  expect(resolved('yesterday', 'Asia/Tokyo')).toEqual([utc(18, 15), utc(19, 15) - 1]);
});

it.each(['', 'soon', '25:00-26:00', '3x', 'now-', '2026-13-40', '{"from":1'])('"%s" is refused with a sentence', (text) => {
  expect(resolved(text)).toMatch(/\.$/);
});

it('a range that ends before it begins is refused', () => {
  expect(resolved('11:00-10:00')).toBe('The range ends before it begins.');
});

it.each([
  ['now/d', utc(20, 0)],
  ['now-1d/d', utc(19, 0)],
  ['now/w', utc(16, 0)],
  ['now/M', utc(1, 0)],
  ['now/h', utc(20, 11)],
  ['now+1h', now + 3_600_000],
])('resolves %s', (text, expected) => {
  expect(resolveTime(text, now)).toBe(expected);
});

it('does not resolve what is none', () => {
  expect(['nowish', 'now-1', '2026', '', 'null'].map((text) => resolveTime(text, now))).toEqual([undefined, undefined, 2026, undefined, undefined]);
});
