import { describeTime, formatAge, formatClock, formatDate, formatRange, formatWhen, instantOf, isZone, offsetAt } from './formatTime';

const n = '\u00a0';
const now = Date.UTC(2026, 10, 20, 11, 24, 15);
const at = (hour: number, minute: number, day = 20): number => Date.UTC(2026, 10, day, hour, minute);

it('clocks have 24 hours and dates are of ISO 8601', () => {
  expect(formatClock(at(0, 5))).toBe('00:05');
  expect(formatClock(now, 'UTC', true)).toBe('11:24:15');
  expect(formatClock(now, 'Asia/Tokyo')).toBe('20:24');
  expect(formatDate(at(23, 0), 'Asia/Tokyo')).toBe('2026-11-21');
});

it('a zone that nobody knows counts as UTC', () => {
  expect(isZone('Mars/Olympus')).toBe(false);
  expect(formatClock(now, 'Mars/Olympus')).toBe('11:24');
});

it('an age is short and exact', () => {
  expect(formatAge(now - 14 * 60_000 - 20_000, now)).toBe(`14${n}m`);
  expect(formatAge(now - 400, now)).toBe('now');
  expect(formatAge(now + 180_000, now)).toBe(`in 3${n}m`);
  expect(formatAge(now - 3 * 3_600_000 - 300_000, now)).toBe(`3${n}h 5${n}m`);
});

it('what is younger than an hour has an age, today a clock, else a date', () => {
  expect([formatWhen(at(11, 10), now), formatWhen(at(9, 12), now), formatWhen(at(9, 12, 18), now)]).toEqual([`14${n}m`, '09:12', '2026-11-18']);
});

it('hovering tells absolute, relative and UTC', () => {
  expect(describeTime(at(11, 10), now)).toBe(`2026-11-20 11:10:00 UTC, 14${n}m ago`);
  expect(describeTime(at(11, 10), now, 'Europe/Berlin')).toBe(`2026-11-20 12:10:00 Europe/Berlin, 14${n}m ago, 2026-11-20 11:10:00 UTC`);
});

it('a range has dates only where they are needed', () => {
  expect(formatRange(at(10, 24), at(11, 24), now)).toBe('10:24 – 11:24');
  expect(formatRange(at(10, 24, 19), at(11, 24, 19), now)).toBe('2026-11-19 10:24 – 11:24');
  expect(formatRange(at(10, 24, 19), at(11, 24), now)).toBe('2026-11-19 10:24 – 2026-11-20 11:24');
  expect(formatRange(at(11, 24), at(11, 24) + 30_000, now)).toBe('11:24:00 – 11:24:30');
});

it('an instant is found from the clock of its zone, also around a change of the clock', () => {
  const zone = 'Europe/Berlin';
  expect(instantOf(2026, 7, 1, 12, 0, 0, 0, zone)).toBe(Date.UTC(2026, 6, 1, 10));
  expect(instantOf(2026, 11, 20, 12, 0, 0, 0, zone)).toBe(Date.UTC(2026, 10, 20, 11));
  expect(instantOf(2026, 10, 25, 4, 0, 0, 0, zone)).toBe(Date.UTC(2026, 9, 25, 3));
  expect(offsetAt(now, 'Asia/Kolkata')).toBe(5.5 * 3_600_000);
});
