import { type ChartSeries, timeAt } from './seriesModel';

/** `null` is a gap, `undefined` a time that this series knows nothing of. */
export type Column = (number | null | undefined)[];

export interface Aligned {
  /** Milliseconds since the epoch, ascending. */
  readonly times: number[];
  readonly columns: Column[];
}

/**
 * Puts series of one or of different steps onto one time axis. With equal grids, the usual case, nothing is searched.
 * A value that is infinite is a gap too: no pixel stands for it.
 */
export function alignSeries(series: readonly ChartSeries[]): Aligned {
  const first = series[0];
  if (first === undefined) {
    return { times: [], columns: [] };
  }
  const same = series.every((s) => s.grid.t0 === first.grid.t0 && s.grid.step === first.grid.step && s.grid.length === first.grid.length);
  if (same) {
    const times = Array.from({ length: first.grid.length }, (_, i) => timeAt(first.grid, i));
    return { times, columns: series.map((s) => column(s)) };
  }
  const milliseconds = unionOfTimes(series);
  const positions = new Map(milliseconds.map((time, i) => [time, i]));
  const columns = series.map((s) => {
    const result: Column = new Array<number | null | undefined>(milliseconds.length).fill(undefined);
    for (let i = 0; i < s.grid.length; i++) {
      const position = positions.get(timeAt(s.grid, i));
      if (position !== undefined) {
        result[position] = drawable(s.values[i]);
      }
    }
    return result;
  });
  return { times: milliseconds, columns };
}

function column(series: ChartSeries): Column {
  const bridged = typeof series.style.spanNulls === 'number' ? Math.floor(series.style.spanNulls / series.grid.step) : 0;
  const result: Column = Array.from({ length: series.grid.length }, (_, i) => drawable(series.values[i]));
  return bridged > 0 ? bridgeGaps(result, bridged) : result;
}

/** Gaps of at most `longest` steps become unknown, over which a line is drawn. */
export function bridgeGaps(values: Column, longest: number): Column {
  const result = values.slice();
  let last = -1;
  for (let i = 0; i < result.length; i++) {
    if (typeof result[i] !== 'number') {
      continue;
    }
    if (last >= 0 && i - last - 1 > 0 && i - last <= longest) {
      result.fill(undefined, last + 1, i);
    }
    last = i;
  }
  return result;
}

function drawable(value: number | undefined): number | null {
  return value !== undefined && Number.isFinite(value) ? value : null;
}

export function unionOfTimes(series: readonly ChartSeries[]): number[] {
  const all = new Set<number>();
  for (const { grid } of series) {
    for (let i = 0; i < grid.length; i++) {
      all.add(timeAt(grid, i));
    }
  }
  return [...all].sort((a, b) => a - b);
}

/** Indexes of values without a neighbour: a line does not show them, so they are dots. */
export function loneSamples(values: readonly (number | null | undefined)[]): number[] {
  const known: number[] = [];
  for (let i = 0; i < values.length; i++) {
    if (values[i] !== undefined) {
      known.push(i);
    }
  }
  return known.filter((index, k) => {
    const before = known[k - 1];
    const after = known[k + 1];
    return typeof values[index] === 'number'
      && (before === undefined || values[before] === null)
      && (after === undefined || values[after] === null);
  });
}
