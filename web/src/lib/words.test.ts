import { cutMiddle } from './cutMiddle';
import { cx } from './cx';
import { describePlace } from './errorPlace';
import { describeRange, rangeName, zoneName } from './rangeName';

it('a long name is cut in its middle, so that the end that differs stays', () => {
  expect(cutMiddle('endpoint-stats-7d9f8-x2lkq', 20)).toBe('endpoint-stat…-x2lkq');
  expect(cutMiddle('endpoint-stats-7d9f8-x2lkq', 20)).toHaveLength(20);
  expect(cutMiddle('short', 20)).toBe('short');
  expect(cutMiddle('abc', 2)).toBe('abc');
});

it('class names are joined without what is absent', () => {
  expect(cx('a', false, undefined, null, '', 'b')).toBe('a b');
});

it.each([
  [{ file: 'prometheus.yml', line: 41, column: 3 }, 'prometheus.yml:41:3'],
  [{ file: 'prometheus.yml', line: 41 }, 'prometheus.yml:41'],
  [{ file: 'prometheus.yml', column: 3 }, 'prometheus.yml'],
  [{ line: 1, column: 21 }, 'line 1, column 21'],
  [{ line: 7 }, 'line 7'],
  [{ offset: 4 }, undefined],
  [undefined, undefined],
])('the place of an error is written as editors do', (place, expected) => {
  expect(describePlace(place)).toBe(expected);
});

it('ranges have names where people have one', () => {
  expect(rangeName({ from: 'now-1h', to: 'now' })).toBe('Last 1 hour');
  expect(rangeName({ from: 'now-45m', to: 'now' })).toBe('Last 45\u00a0m');
  expect(rangeName({ from: 'now-1d/d', to: 'now-1d/d' })).toBe('Yesterday');
  expect(rangeName({ from: 'now-2h', to: 'now-1h' })).toBeUndefined();
});

it('the zone stands beside the times', () => {
  const [from, to] = [Date.UTC(2026, 10, 20, 10, 24), Date.UTC(2026, 10, 20, 11, 24)];
  expect(describeRange({ from: String(from), to: String(to) }, from, to, to, 'Europe/Berlin')).toEqual({ name: undefined, times: '11:24 – 12:24 Berlin' });
  expect([zoneName('UTC'), zoneName('America/New_York')]).toEqual(['UTC', 'New York']);
});
