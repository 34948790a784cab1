import { type ChartSeries, maximum } from './seriesModel';

export type LegendKind = 'none' | 'line' | 'columns' | 'table';
export type LegendCalc = 'last' | 'lastNotNull' | 'first' | 'mean' | 'max' | 'min' | 'sum';

export interface LegendWish {
  /** `auto`: by the number of series. */
  readonly mode: 'auto' | 'list' | 'table' | 'hidden';
  readonly placement: 'auto' | 'bottom' | 'right';
  readonly calcs: readonly LegendCalc[];
}

export const automaticLegend: LegendWish = { mode: 'auto', placement: 'auto', calcs: [] };

export const drawnAtFirst = 100;
export const drawnAtMost = 1000;
const coloured = 8;
const colouredUpTo = 24;

export function legendKind(count: number, wish: LegendWish): LegendKind {
  if (wish.mode === 'hidden' || count === 0) {
    return 'none';
  }
  if (wish.mode === 'table' && (wish.calcs.length > 0 || count > colouredUpTo)) {
    return 'table';
  }
  if (count === 1) {
    return wish.mode === 'auto' ? 'none' : 'line';
  }
  if (count <= 4) {
    return 'line';
  }
  return count <= coloured || wish.mode === 'list' && count <= colouredUpTo ? 'columns' : 'table';
}

/** A table stands at the right of charts that are wide enough. */
export function legendPlacement(kind: LegendKind, width: number, wish: LegendWish): 'bottom' | 'right' {
  if (width < (kind === 'table' ? 640 : 480)) {
    return 'bottom';
  }
  if (wish.placement !== 'auto') {
    return wish.placement;
  }
  return kind === 'table' && width > 700 ? 'right' : 'bottom';
}

/** The columns of a table: those that the dashboard wants, else last, mean and max. */
export function tableCalcs(wish: LegendWish): readonly LegendCalc[] {
  return wish.calcs.length > 0 ? wish.calcs : ['last', 'mean', 'max'];
}

export function lineWidth(count: number): number {
  return count === 1 ? 2 : 1.6;
}

export interface Drawn {
  readonly series: readonly ChartSeries[];
  readonly total: number;
}

/** Beyond `limit` the series with the highest maxima are drawn, in the order they came. */
export function chooseDrawn(series: readonly ChartSeries[], limit: number): Drawn {
  const bounded = Math.min(limit, drawnAtMost);
  if (series.length <= bounded) {
    return { series, total: series.length };
  }
  const chosen = new Set(byMaximum(series).slice(0, bounded));
  return { series: series.filter((s) => chosen.has(s)), total: series.length };
}

/** With more than 24 series only the eight with the highest maxima have a colour of their own. */
export function colouredKeys(series: readonly ChartSeries[]): ReadonlySet<string> {
  const chosen = series.length <= colouredUpTo ? series : byMaximum(series).slice(0, coloured);
  return new Set(chosen.map((s) => s.key));
}

function byMaximum(series: readonly ChartSeries[]): ChartSeries[] {
  const weighed = series.map((s) => ({ s, max: maximum(s.values) }));
  weighed.sort((a, b) => (Number.isNaN(b.max) ? -Infinity : b.max) - (Number.isNaN(a.max) ? -Infinity : a.max));
  return weighed.map((entry) => entry.s);
}

/** What a click on a name does: alone, again everything; with Ctrl the name is taken out or put back. */
export function toggleShown(all: readonly string[], shown: ReadonlySet<string>, key: string, withControl: boolean): ReadonlySet<string> {
  if (!withControl) {
    return shown.size === 1 && shown.has(key) ? new Set(all) : new Set([key]);
  }
  const next = new Set(shown);
  if (!next.delete(key)) {
    next.add(key);
  }
  return next.size === 0 ? new Set(all) : next;
}
