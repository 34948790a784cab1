import { alertOf, clock, now } from '../testAlerts';
import { alertClock, progress } from './alertClock';

it.each([
  ['firing', {}, '9\u00a0m'],
  ['pending', { since: clock('11:20:00'), firesAt: clock('11:30:00') }, '4 of 10\u00a0m'],
  ['pending', { since: clock('11:20:00') }, '4\u00a0m'],
  ['resolved', { resolvedAt: clock('10:31:00') }, '10:31'],
] as const)('%s %o', (state, more, text) => {
  expect(alertClock(alertOf('A', { state, ...more }), now, 'UTC')).toBe(text);
});

it.each([
  [34_000, 60_000, '34 of 60\u00a0s'],
  [-5, 300_000, '0 of 5\u00a0m'],
  [999_999_999, 300_000, '5 of 5\u00a0m'],
  [90 * 60_000, 10 * 3_600_000, '1\u00a0h 30\u00a0m of 10\u00a0h'],
])('%s of %s ms is %s', (passed, whole, text) => {
  expect(progress(passed, whole)).toBe(text);
});
