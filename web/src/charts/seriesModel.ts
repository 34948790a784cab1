/** What a chart is given. Times are milliseconds since the epoch; a value that is not there is `NaN`. */

export interface TimeGrid {
  readonly t0: number;
  /** Milliseconds between two values; at least 1. */
  readonly step: number;
  readonly length: number;
}

export type DrawStyle = 'line' | 'bars' | 'points';
export type Interpolation = 'linear' | 'stepBefore' | 'stepAfter';
export type PointsMode = 'auto' | 'always' | 'never';

export interface SeriesStyle {
  readonly draw: DrawStyle;
  /** CSS pixels; absent: by the number of series. */
  readonly width?: number;
  /** 0 – 1. */
  readonly fill: number;
  /** The fill fades towards the ground. */
  readonly gradient?: boolean;
  readonly interpolation: Interpolation;
  readonly points: PointsMode;
  readonly pointSize: number;
  /** `true` draws over every gap, a number over gaps of at most so many milliseconds. */
  readonly spanNulls: boolean | number;
  /** Series of one group stand on each other; absent: not stacked. */
  readonly stack?: { readonly group: string; readonly percent: boolean };
  readonly axis: 'left' | 'right';
  readonly dash?: readonly number[];
  /** Key of the series down to which the fill reaches, in place of zero. */
  readonly fillTo?: string;
  /** Drawn, but not in the legend, the tooltip, or the picture at all. */
  /** Of bars: 0 – 1 of a step, and on which side of its time it stands. */
  readonly barWidth?: number;
  readonly barAlign?: -1 | 0 | 1;
  readonly hideFrom?: { readonly legend?: boolean; readonly tooltip?: boolean; readonly viz?: boolean };
}

export const plainLine: SeriesStyle = {
  draw: 'line', fill: 0, interpolation: 'linear', points: 'auto', pointSize: 5, spanNulls: false, axis: 'left',
};

export interface ChartSeries {
  /** The same over refreshes: what is isolated stays isolated. */
  readonly key: string;
  readonly name: string;
  /** Any CSS colour, tokens included: `var(--ph-s1)`. */
  readonly color: string;
  readonly grid: TimeGrid;
  readonly values: Float64Array;
  readonly style: SeriesStyle;
  readonly format: (value: number) => string;
}

export type LimitStyle = 'line' | 'dashed' | 'area' | 'line+area' | 'dashed+area';

/** A border of a threshold. An area reaches from here to the next limit above. */
export interface ChartLimit {
  readonly value: number;
  readonly color: string;
  readonly label?: string;
  readonly axis?: 'left' | 'right';
}

export interface ChartLimits {
  readonly style: LimitStyle;
  /** In ascending order; the first may be at minus infinity (the ground). */
  readonly steps: readonly ChartLimit[];
}

export interface AlertBand {
  readonly name: string;
  readonly state: 'pending' | 'firing';
  readonly from: number;
  readonly to: number;
}

export interface ChartMark {
  readonly time: number;
  readonly kind: string;
  readonly text: string;
}

export interface AxisSpec {
  /** Grafana's identifier of a unit. */
  readonly unit?: string;
  readonly decimals?: number;
  readonly min?: number;
  readonly max?: number;
  readonly softMin?: number;
  readonly softMax?: number;
  /** Zero stands in the middle. */
  readonly centeredZero?: boolean;
  /** Base of a logarithmic scale; absent: linear. */
  readonly log?: 2 | 10;
  /** Said beside the title in place of the unit. */
  readonly label?: string;
  readonly hidden?: boolean;
  /** No lines across the plot. */
  readonly gridless?: boolean;
  /** False: no title says the unit, so every tick does. */
  readonly titled?: boolean;
}

export function timeAt(grid: TimeGrid, index: number): number {
  return grid.t0 + index * grid.step;
}

/** The index of the last value at or before `time` that is still of this step; -1 when there is none. */
export function indexAt(grid: TimeGrid, time: number): number {
  const index = Math.floor((time - grid.t0) / grid.step + 0.5);
  return index >= 0 && index < grid.length ? index : -1;
}

export function lastValue(values: Float64Array): number {
  for (let i = values.length - 1; i >= 0; i--) {
    const value = values[i];
    if (value !== undefined && !Number.isNaN(value)) {
      return value;
    }
  }
  return Number.NaN;
}

export function maximum(values: Float64Array): number {
  let max = Number.NaN;
  for (const value of values) {
    if (!Number.isNaN(value) && !(value <= max)) {
      max = value;
    }
  }
  return max;
}

export function mean(values: Float64Array): number {
  let sum = 0;
  let count = 0;
  for (const value of values) {
    if (!Number.isNaN(value)) {
      sum += value;
      count++;
    }
  }
  return count === 0 ? Number.NaN : sum / count;
}
