import { formatDuration, formatPromDuration, parseDuration, tellDuration } from './formatDuration';

const n = '\u00a0';

it.each([
  [0, `0${n}s`],
  [0.0004, `400${n}ns`],
  [0.4, `0.4${n}ms`],
  [84, `84${n}ms`],
  [2310, `2.31${n}s`],
  [59_990, `1${n}m`],
  [250_000, `4${n}m 10${n}s`],
  [11_100_000, `3${n}h 5${n}m`],
  [3_599_900, `1${n}h`],
  [86_400_000 * 34, `34${n}d`],
  [86_400_000 * 2 + 3_600_000 * 5, `2${n}d 5${n}h`],
  [-250_000, `-4${n}m 10${n}s`],
  [Number.NaN, 'NaN'],
  [Infinity, '∞'],
])('%d ms in words', (ms, expected) => {
  expect(formatDuration(ms)).toBe(expected);
});

it.each([
  ['5m', 300_000],
  ['1h30m', 5_400_000],
  ['500ms', 500],
  ['1d', 86_400_000],
  ['2w', 14 * 86_400_000],
  ['1.5h', 5_400_000],
])('reads %s', (text, ms) => {
  expect(parseDuration(text)).toBe(ms);
});

it.each(['', '5', 'm', '5 m', '5x', '5m!'])('does not take "%s" for a duration', (text) => {
  expect(parseDuration(text)).toBeUndefined();
});

it('writes durations as Prometheus does, and reads them back', () => {
  for (const ms of [500, 15_000, 5_400_000, 90_061_001]) {
    expect(parseDuration(formatPromDuration(ms))).toBe(ms);
  }

  expect(formatPromDuration(5_400_000)).toBe('1h30m');
  expect(formatPromDuration(0)).toBe('0s');
});

it('tells what a configuration wrote as all durations are told', () => {
  expect(['5s', '1m', '1h30m', 'whenever'].map(tellDuration)).toEqual(['5\u00a0s', '1\u00a0m', '1\u00a0h 30\u00a0m', 'whenever']);
});
