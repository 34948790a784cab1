import type { AlertBand, ChartMark } from './seriesModel';

export interface Region {
  readonly state: 'pending' | 'firing';
  readonly from: number;
  readonly to: number;
}

/** Bands cut to the range and merged: where several overlap, firing is drawn and pending only where nothing fires. */
export function mergeBands(bands: readonly AlertBand[], from: number, to: number): Region[] {
  const firing = union(bands.filter((band) => band.state === 'firing'), from, to);
  const pending = union(bands.filter((band) => band.state === 'pending'), from, to);
  const regions: Region[] = [
    ...firing.map(([a, b]): Region => ({ state: 'firing', from: a, to: b })),
    ...subtract(pending, firing).map(([a, b]): Region => ({ state: 'pending', from: a, to: b })),
  ];
  return regions.sort((a, b) => a.from - b.from);
}

type Interval = [number, number];

function union(bands: readonly AlertBand[], from: number, to: number): Interval[] {
  const cut = bands
    .map((band): Interval => [Math.max(band.from, from), Math.min(band.to, to)])
    .filter(([a, b]) => b > a)
    .sort((a, b) => a[0] - b[0]);
  const merged: Interval[] = [];
  for (const interval of cut) {
    const last = merged[merged.length - 1];
    if (last !== undefined && interval[0] <= last[1]) {
      last[1] = Math.max(last[1], interval[1]);
    } else {
      merged.push([interval[0], interval[1]]);
    }
  }
  return merged;
}

function subtract(intervals: readonly Interval[], holes: readonly Interval[]): Interval[] {
  let rest: Interval[] = intervals.map(([a, b]) => [a, b]);
  for (const [start, end] of holes) {
    rest = rest.flatMap(([a, b]): Interval[] => {
      const left: Interval[] = start > a ? [[a, Math.min(b, start)]] : [];
      const right: Interval[] = end < b ? [[Math.max(a, end), b]] : [];
      return end <= a || start >= b ? [[a, b]] : [...left, ...right];
    });
  }
  return rest;
}

/** What the foot of a tooltip says: the alerts at that time, firing before pending. */
export function alertsAt(bands: readonly AlertBand[], time: number): { text: string; state: 'pending' | 'firing' } | undefined {
  const here = bands.filter((band) => band.from <= time && time <= band.to);
  const firing = here.filter((band) => band.state === 'firing');
  const told = firing.length > 0 ? firing : here;
  const first = told[0];
  if (first === undefined) {
    return undefined;
  }
  const names = [...new Set(told.map((band) => band.name))];
  const more = names.length > 2 ? ` and ${names.length - 2} more` : '';
  return { text: `${names.slice(0, 2).join(', ')}${more} ${first.state}`, state: first.state };
}

export interface PlacedMark extends ChartMark {
  readonly x: number;
  readonly labelled: boolean;
}

/** A mark carries its label only where 80 pixels are free to its right. */
export function placeMarks(marks: readonly ChartMark[], position: (time: number) => number, width: number): PlacedMark[] {
  const placed = marks
    .map((mark) => ({ ...mark, x: position(mark.time) }))
    .filter((mark) => mark.x >= 0 && mark.x <= width)
    .sort((a, b) => a.x - b.x);
  return placed.map((mark, i) => ({ ...mark, labelled: (placed[i + 1]?.x ?? width) - mark.x >= 80 }));
}
