import type { Column } from './alignment';
import { alignSeries } from './alignment';
import { type AxisRange, axisRange, logRange } from './axisTicks';
import { wantsZero, tickBaseOf } from './axisUnits';
import { stackColumns } from './stacking';
import type { AlertBand, AxisSpec, ChartLimits, ChartMark, ChartSeries } from './seriesModel';

export interface PlotInput {
  readonly series: readonly ChartSeries[];
  readonly from: number;
  readonly to: number;
  readonly zone: string;
  readonly left: AxisSpec;
  readonly right: AxisSpec;
  readonly limits?: ChartLimits;
  readonly bands: readonly AlertBand[];
  readonly marks: readonly ChartMark[];
  /** Keys of the series that are in colour; the rest is thin and neutral. */
  readonly coloured: ReadonlySet<string>;
}

/** Everything that uPlot is told, computed once for each new data. */
export interface PlotModel {
  readonly input: PlotInput;
  /** In the order of drawing: members of a stack from the top down, so that the lower ones cover the higher. */
  readonly series: readonly ChartSeries[];
  readonly times: readonly number[];
  readonly columns: readonly Column[];
  readonly stackBands: readonly (readonly [number, number])[];
  readonly leftRange: AxisRange;
  readonly rightRange: AxisRange;
  readonly hasRight: boolean;
  /** Two models of one signature differ in data alone. */
  readonly signature: string;
}

export function plotModel(input: PlotInput): PlotModel {
  const visible = input.series.filter((s) => s.style.hideFrom?.viz !== true);
  const aligned = alignSeries(visible);
  const stacked = stackColumns(visible, aligned.columns);
  const order = drawingOrder(visible);
  const place = new Map(order.map((index, position) => [index, position]));
  const series = order.flatMap((index) => visible[index] ?? []);
  const columns = order.map((index) => stacked.columns[index] ?? []);
  const stackBands = [...stacked.bands, ...fillBands(visible)].map(([upper, lower]): [number, number] => [place.get(upper) ?? 0, place.get(lower) ?? 0]);
  return {
    input, series, times: aligned.times, columns, stackBands,
    leftRange: rangeOf('left', series, columns, input), rightRange: rangeOf('right', series, columns, input),
    hasRight: series.some((s) => s.style.axis === 'right'),
    signature: signatureOf(series, input),
  };
}

/** Series whose fill ends at another one: a quantile above the next. */
function fillBands(series: readonly ChartSeries[]): [number, number][] {
  return series.flatMap((s, upper): [number, number][] => {
    const lower = s.style.fillTo === undefined ? -1 : series.findIndex((other) => other.key === s.style.fillTo);
    return lower < 0 ? [] : [[upper, lower]];
  });
}

function drawingOrder(series: readonly ChartSeries[]): number[] {
  const stacked: number[] = [];
  const free: number[] = [];
  series.forEach((s, i) => (s.style.stack === undefined ? free : stacked).push(i));
  return [...stacked.reverse(), ...free];
}

/** The range of the left axis alone, without putting the series onto one time axis when nothing is stacked. */
export function leftRangeOf(input: PlotInput): AxisRange {
  const visible = input.series.filter((s) => s.style.hideFrom?.viz !== true);
  return visible.some((s) => s.style.stack !== undefined) ? plotModel(input).leftRange : rangeOf('left', visible, visible.map((s) => s.values), input);
}

function rangeOf(axis: 'left' | 'right', series: readonly ChartSeries[], columns: readonly (Column | Float64Array)[], input: PlotInput): AxisRange {
  const spec = axis === 'left' ? input.left : input.right;
  let min = Infinity;
  let max = -Infinity;
  let filled = false;
  series.forEach((s, i) => {
    if (s.style.axis !== axis) {
      return;
    }
    filled ||= s.style.draw === 'bars' || s.style.fill > 0 || s.style.stack !== undefined;
    for (const value of columns[i] ?? []) {
      if (typeof value === 'number' && Number.isFinite(value)) {
        min = value < min ? value : min;
        max = value > max ? value : max;
      }
    }
  });
  const percent = series.some((s) => s.style.axis === axis && s.style.stack?.percent === true);
  const wish = {
    zero: filled || wantsZero(spec.unit),
    ...(spec.min === undefined ? {} : { min: spec.min }), ...(spec.max === undefined ? (percent ? { max: 1 } : {}) : { max: spec.max }),
    ...(spec.softMin === undefined ? {} : { softMin: spec.softMin }), ...(spec.softMax === undefined ? {} : { softMax: spec.softMax }),
  };
  if (spec.centeredZero === true && Number.isFinite(max)) {
    max = Math.max(Math.abs(min), Math.abs(max));
    min = -max;
  }
  if (spec.log !== undefined) {
    return logRange(min, max, wish, spec.log);
  }
  const withLimits = input.limits === undefined || axis !== 'left' || !Number.isFinite(max) ? max : nearLimits(max, input.limits);
  return axisRange(min, withLimits, wish, tickBaseOf(spec.unit, Math.max(Math.abs(min), Math.abs(withLimits))));
}

/** A limit that is near is worth its place on the axis; one that is far would flatten the lines. */
function nearLimits(max: number, limits: ChartLimits): number {
  let result = max;
  for (const { value } of limits.steps) {
    if (Number.isFinite(value) && value > result && value <= max * 2) {
      result = value;
    }
  }
  return result;
}

function signatureOf(series: readonly ChartSeries[], input: PlotInput): string {
  return JSON.stringify([
    series.map((s) => [s.key, s.color, s.style, input.coloured.has(s.key)]),
    input.left, input.right, input.zone,
  ]);
}
