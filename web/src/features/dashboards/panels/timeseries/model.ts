import { axisUnit, valueFormat } from '../../../../charts/axisUnits';
import type { LegendCalc, LegendWish } from '../../../../charts/legendLayout';
import { leftRangeOf } from '../../../../charts/plotModel';
import type { AxisSpec, ChartLimits, ChartSeries, Interpolation, LimitStyle, SeriesStyle, TimeGrid } from '../../../../charts/seriesModel';
import { grafanaColor } from '../../../../lib/grafanaColor';
import { flagOf, type Json, listOf, numberOf, objectOf, oneOf, optional, textOf, textsOf } from '../../../../lib/readUnknown';
import type { SeriesColors } from '../../../../lib/seriesColor';
import { absoluteSteps, formatterOf } from '../../fields/display';
import type { FieldConfig } from '../../fields/fieldConfig';
import type { Field, Frame } from '../../frames/frame';
import type { PanelRange } from '../panelData';
import { type Entry, looksOf, numberEntries } from '../seriesIdentity';

export interface TimeSeriesModel {
  readonly series: readonly ChartSeries[];
  readonly left: AxisSpec;
  readonly right: AxisSpec;
  readonly limits?: ChartLimits;
  readonly legend: LegendWish;
  readonly tooltip: 'multi' | 'single' | 'none';
  readonly ascending: boolean;
}

/** A timeseries panel as the chart wants it: Grafana's field options and panel options, read once. */
export function timeSeriesModel(frames: readonly Frame[], options: unknown, colors: SeriesColors, zone: string): TimeSeriesModel {
  const entries = numberEntries(frames).filter(({ frame }) => frame.fields.some((field) => field.kind === 'time'));
  const looks = looksOf(entries, colors, true, zone);
  const leftUnit = entries.find(({ field }) => placementOf(field) !== 'right')?.field.config.unit;
  const keys = uniqueKeys(entries);
  const series = entries.flatMap((entry, i): ChartSeries[] => {
    const timed = timedValues(entry.frame, entry.field);
    const look = looks[i];
    if (timed === undefined || look === undefined) {
      return [];
    }
    const style = styleOf(entry, entries, keys, leftUnit);
    return [{
      key: keys[i] ?? '', name: entry.name, color: look.color, grid: timed.grid, values: transformed(timed.values, entry.field.config.custom),
      style: style.dash === undefined && look.dash !== undefined ? { ...style, dash: look.dash } : style, format: formatterOf(entry.field.config, zone),
    }];
  });
  const limits = limitsOf(entries, zone);
  const tooltip = objectOf(objectOf(options)['tooltip']);
  return {
    series, left: axisOf(entries, 'left', leftUnit), right: axisOf(entries, 'right', leftUnit), ...optional('limits', limits), legend: legendOf(options),
    tooltip: oneOf(tooltip['mode'], ['multi', 'single', 'none']) ?? 'multi', ascending: tooltip['sort'] === 'asc',
  };
}

function uniqueKeys(entries: readonly Entry[]): string[] {
  const seen = new Map<string, number>();
  return entries.map(({ name, frame }) => {
    const base = `${frame.refId} ${name}`;
    const count = seen.get(base) ?? 0;
    seen.set(base, count + 1);
    return count === 0 ? base : `${base} ${count + 1}`;
  });
}

function placementOf(field: Field): 'auto' | 'left' | 'right' | 'hidden' {
  return oneOf(field.config.custom['axisPlacement'], ['auto', 'left', 'right', 'hidden']) ?? 'auto';
}

/** Right is what says so, and what has another unit than the first series. */
function sideOf(field: Field, leftUnit: string | undefined): 'left' | 'right' {
  const placement = placementOf(field);
  return placement === 'right' || placement === 'auto' && (field.config.unit ?? '') !== (leftUnit ?? '') ? 'right' : 'left';
}

function styleOf(entry: Entry, entries: readonly Entry[], keys: readonly string[], leftUnit: string | undefined): SeriesStyle {
  const { custom } = entry.field.config;
  const draw = oneOf(custom['drawStyle'], ['line', 'bars', 'points']) ?? 'line';
  const stacking = objectOf(custom['stacking']);
  const mode = oneOf(stacking['mode'], ['normal', 'percent']);
  const width = numberOf(custom['lineWidth']);
  const below = textOf(custom['fillBelowTo']);
  const fillTo = below === undefined ? undefined : keys[entries.findIndex((other) => other.name === below)];
  const opacity = (numberOf(custom['fillOpacity']) ?? 0) / 100;
  return {
    draw, fill: Math.max(0, Math.min(1, opacity)), interpolation: interpolationOf(custom), points: oneOf(custom['showPoints'], ['auto', 'always', 'never']) ?? 'auto',
    pointSize: numberOf(custom['pointSize']) ?? 5, spanNulls: typeof custom['spanNulls'] === 'number' ? custom['spanNulls'] : flagOf(custom['spanNulls']),
    axis: sideOf(entry.field, leftUnit), ...optional('barWidth', numberOf(custom['barWidthFactor'])), ...optional('barAlign', barSide(custom['barAlignment'])),
    ...(custom['gradientMode'] === 'opacity' || custom['gradientMode'] === 'hue' ? { gradient: true } : {}),
    // One and two pixels are what every file has; then the number of series decides.
    ...(width === undefined || width === 1 || width === 2 ? {} : { width }),
    ...(mode === undefined ? {} : { stack: { group: textOf(stacking['group']) ?? 'A', percent: mode === 'percent' } }),
    ...optional('dash', dashOf(objectOf(custom['lineStyle']))), ...optional('fillTo', fillTo), ...optional('hideFrom', hiddenOf(custom['hideFrom'])),
  };
}

/** Lines are straight, as the samples are, unless a panel asks for steps. */
function interpolationOf(custom: Json): Interpolation {
  return oneOf(custom['lineInterpolation'], ['stepBefore', 'stepAfter']) ?? 'linear';
}

function barSide(value: unknown): -1 | 0 | 1 | undefined {
  return value === -1 || value === 0 || value === 1 ? value : undefined;
}

function dashOf(style: Json): readonly number[] | undefined {
  const own = listOf(style['dash']).flatMap((length) => numberOf(length) ?? []).slice(0, 8);
  switch (style['fill']) {
    case 'dash': return own.length > 0 ? own : [10, 10];
    case 'dot': return own.length > 0 ? own : [2, 4];
    default: return undefined;
  }
}

function hiddenOf(value: unknown): SeriesStyle['hideFrom'] {
  const { legend, tooltip, viz } = objectOf(value);
  return flagOf(legend) || flagOf(tooltip) || flagOf(viz) ? { legend: flagOf(legend), tooltip: flagOf(tooltip), viz: flagOf(viz) } : undefined;
}

function transformed(values: Float64Array, custom: Json): Float64Array {
  switch (custom['transform']) {
    case 'negative-Y': return values.map((value) => -value);
    case 'constant': {
      const first = values.find((value) => !Number.isNaN(value)) ?? Number.NaN;
      return values.map(() => first);
    }
    default: return values;
  }
}

const mostSteps = 20_000;

/** A column on a grid of equal steps: as it was answered, or after a transformation what its times fit on. */
export function timedValues(frame: Frame, field: Field): { readonly grid: TimeGrid; readonly values: Float64Array } | undefined {
  if (!(field.values instanceof Float64Array)) {
    return undefined;
  }
  if (frame.grid !== undefined) {
    return { grid: frame.grid, values: field.values };
  }
  const times = frame.fields.find((candidate) => candidate.kind === 'time')?.values;
  if (!(times instanceof Float64Array) || times.length === 0) {
    return undefined;
  }
  const order = Array.from(times, (_, row) => row).filter((row) => !Number.isNaN(times[row] ?? Number.NaN)).sort((a, b) => (times[a] ?? 0) - (times[b] ?? 0));
  const first = times[order[0] ?? 0] ?? 0;
  const last = times[order[order.length - 1] ?? 0] ?? 0;
  const step = Math.max(1, smallestGap(order.map((row) => times[row] ?? 0)), (last - first) / mostSteps);
  const values = new Float64Array(Math.floor((last - first) / step + 0.5) + 1).fill(Number.NaN);
  for (const row of order) {
    values[Math.floor(((times[row] ?? 0) - first) / step + 0.5)] = field.values[row] ?? Number.NaN;
  }
  return { grid: { t0: first, step, length: values.length }, values };
}

function smallestGap(times: readonly number[]): number {
  let gap = Infinity;
  for (let i = 1; i < times.length; i++) {
    const width = (times[i] ?? 0) - (times[i - 1] ?? 0);
    if (width > 0 && width < gap) {
      gap = width;
    }
  }
  return Number.isFinite(gap) ? gap : 1;
}

function axisOf(entries: readonly Entry[], side: 'left' | 'right', leftUnit: string | undefined): AxisSpec {
  const own = entries.filter(({ field }) => sideOf(field, leftUnit) === side);
  const first = own[0]?.field.config;
  if (first === undefined) {
    return {};
  }
  const { custom } = first;
  const scale = objectOf(custom['scaleDistribution']);
  const label = own.map(({ field }) => textOf(field.config.custom['axisLabel'])).find((text) => text !== undefined && text !== '');
  const log = numberOf(scale['log']) === 2 ? 2 : 10;
  return {
    ...optional('unit', first.unit), ...optional('decimals', first.decimals), ...optional('min', first.min), ...optional('max', first.max),
    ...optional('softMin', numberOf(custom['axisSoftMin'])), ...optional('softMax', numberOf(custom['axisSoftMax'])), ...optional('label', label),
    ...(scale['type'] === 'log' ? { log } : {}), ...(flagOf(custom['axisCenteredZero']) ? { centeredZero: true } : {}),
    ...(own.every(({ field }) => placementOf(field) === 'hidden') ? { hidden: true } : {}), ...(custom['axisGridShow'] === false ? { gridless: true } : {}), ...(side === 'right' ? { titled: false } : {}),
  };
}

const limitStyles: readonly LimitStyle[] = ['line', 'dashed', 'area', 'line+area', 'dashed+area'];

/** The thresholds of the first field that shows them. */
function limitsOf(entries: readonly Entry[], zone: string): ChartLimits | undefined {
  const shown = entries.find(({ field }) => limitStyleOf(field.config) !== undefined);
  const style = shown === undefined ? undefined : limitStyleOf(shown.field.config);
  if (shown === undefined || style === undefined) {
    return undefined;
  }
  const format = formatterOf(shown.field.config, zone);
  const steps = absoluteSteps(shown.field.config, {}).map((step) => ({
    value: step.value, color: grafanaColor(step.color), ...(Number.isFinite(step.value) ? { label: `limit ${format(step.value)}` } : {}),
  }));
  return { style, steps };
}

function limitStyleOf(config: FieldConfig): LimitStyle | undefined {
  const mode = objectOf(config.custom['thresholdsStyle'])['mode'];
  return mode === 'series' ? undefined : oneOf(mode, limitStyles);
}

const calcs: readonly LegendCalc[] = ['last', 'lastNotNull', 'first', 'mean', 'max', 'min', 'sum'];

function legendOf(options: unknown): LegendWish {
  const legend = objectOf(objectOf(options)['legend']);
  const wanted = textsOf(legend['calcs']).flatMap((calc) => oneOf(calc, calcs) ?? []);
  const mode = oneOf(legend['displayMode'], ['list', 'table', 'hidden']) ?? 'auto';
  const hidden = legend['showLegend'] === false || mode === 'hidden';
  const figures = wanted.some((calc) => calc !== 'last' && calc !== 'lastNotNull');
  return { mode: hidden ? 'hidden' : figures ? 'table' : mode, placement: oneOf(legend['placement'], ['bottom', 'right']) ?? 'auto', calcs: wanted };
}

/** The series with their values told as the left axis tells them, and the unit that the head of the panel says once. */
export function toldByAxis(model: TimeSeriesModel, range: PanelRange): { readonly series: readonly ChartSeries[]; readonly unit: string } {
  const leftRange = leftRangeOf({
    series: model.series, from: range.from, to: range.to, zone: 'UTC', left: model.left, right: model.right, bands: [], marks: [], coloured: new Set(),
  });
  return {
    unit: model.series.length === 0 ? '' : axisUnit(model.left, leftRange),
    series: model.series.map((s) => (s.style.axis === 'left' ? { ...s, format: valueFormat(model.left, leftRange, s.format) } : s)),
  };
}
