import { formatDateTime, formatClock, offsetAt, zonedTime, type ZonedTime } from '../lib/formatTime';

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

const steps = [
  1, 2, 5, 10, 20, 50, 100, 200, 500,
  second, 2 * second, 5 * second, 10 * second, 15 * second, 30 * second,
  minute, 2 * minute, 5 * minute, 10 * minute, 15 * minute, 20 * minute, 30 * minute,
  hour, 2 * hour, 3 * hour, 6 * hour, 12 * hour,
  day, 2 * day, 7 * day, 14 * day, 30 * day, 90 * day, 180 * day, 365 * day,
];

const minPixels = 80;

/** The smallest natural step whose ticks are at least 80 pixels apart. */
export function timeStep(span: number, pixels: number): number {
  const least = span * minPixels / Math.max(pixels, minPixels);
  return steps.find((step) => step >= least) ?? 365 * day * Math.ceil(least / (365 * day));
}

/** Ticks on natural minutes, hours and days of the zone, in milliseconds. */
export function timeTicks(from: number, to: number, pixels: number, zone: string): number[] {
  if (!(to > from)) {
    return [];
  }
  const step = timeStep(to - from, pixels);
  const ticks: number[] = [];
  let wall = Math.ceil((from + offsetAt(from, zone)) / step) * step;
  for (let guard = 0; guard < 400; guard++, wall += step) {
    const time = wall - offsetAt(wall - offsetAt(wall, zone), zone);
    if (time > to) {
      break;
    }
    if (time >= from && time !== ticks[ticks.length - 1]) {
      ticks.push(time);
    }
  }
  return ticks;
}

/** Clock times; the date where the day changes, and on every tick once a step is a day. */
export function timeLabels(ticks: readonly number[], zone: string): string[] {
  const first = ticks[0];
  const step = first === undefined || ticks[1] === undefined ? minute : ticks[1] - first;
  let before: string | undefined;
  return ticks.map((tick) => {
    const wall = zonedTime(tick, zone);
    const date = `${pad(wall.month)}-${pad(wall.day)}`;
    const changed = before !== undefined && before !== date;
    before = date;
    if (step >= 300 * day) {
      return String(wall.year);
    }
    if (step >= day || changed) {
      return date;
    }
    return clockLabel(wall, tick, step);
  });
}

function clockLabel(wall: ZonedTime, tick: number, step: number): string {
  const clock = `${pad(wall.hour)}:${pad(wall.minute)}`;
  if (step >= minute) {
    return clock;
  }
  const seconds = `${clock}:${pad(wall.second)}`;
  return step >= second ? seconds : `${seconds}.${String(((tick % second) + second) % second).padStart(3, '0')}`;
}

// All charts of a page tell the same time at once, and telling one takes longer than drawing it.
let told = { time: Number.NaN, dated: false, zone: '', text: '' };

/** `11:14:30`, with the date in front when the range is longer than a day. */
export function crosshairTime(time: number, span: number, zone: string): string {
  const dated = span > day;
  if (told.time !== time || told.dated !== dated || told.zone !== zone) {
    told = { time, dated, zone, text: dated ? formatDateTime(time, zone) : formatClock(time, zone, true) };
  }
  return told.text;
}

function pad(value: number): string {
  return String(value).padStart(2, '0');
}
