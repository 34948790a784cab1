import type { Target } from '../../../api/dashboards';
import { hasNumbers, type QueryResult, type ResultSeries } from '../../../api/queryBatch';
import { timeAt, type TimeGrid } from '../../../charts/seriesModel';
import { type Frame, numberField, textField, timeField } from './frame';

/** Rows of a table made of series over time; more than a table is looked at. */
export const mostRows = 10_000;

/** The columns that a target's result is: one frame a series, or one table of all. Native histograms are no column. */
export function framesOf(target: Target, whole: QueryResult, targets: number): Frame[] {
  const result = { ...whole, series: whole.series.filter(hasNumbers) };
  return target.format === 'table' ? [tableFrame(target, result, targets)] : result.series.map((series) => seriesFrame(target, result, series));
}

function gridOf(result: QueryResult, series: ResultSeries): TimeGrid {
  return { t0: result.t0, step: result.step, length: series.values.length };
}

function seriesFrame(target: Target, result: QueryResult, series: ResultSeries): Frame {
  const grid = gridOf(result, series);
  const value = numberField('Value', series.values, series.labels, {
    seriesName: series.name, ...(series.notNumbers === undefined ? {} : { notNumbers: series.notNumbers }),
  });
  return { refId: target.refId, name: series.name, fields: [timeField('Time', timesOf(grid)), value], length: grid.length, grid };
}

function timesOf(grid: TimeGrid): Float64Array {
  return Float64Array.from({ length: grid.length }, (_, i) => timeAt(grid, i));
}

/** Time, a column a label, and the value; of a range the rows that have a value. */
function tableFrame(target: Target, result: QueryResult, targets: number): Frame {
  const names = labelNames(result.series);
  const times: number[] = [];
  const values: number[] = [];
  const notNumbers = new Set<number>();
  const rowSeries: ResultSeries[] = [];
  for (const series of result.series) {
    const grid = gridOf(result, series);
    series.values.forEach((value, i) => {
      const isNot = series.notNumbers?.has(i) === true;
      if (values.length < mostRows && (!Number.isNaN(value) || isNot)) {
        if (isNot) {
          notNumbers.add(values.length);
        }
        times.push(timeAt(grid, i));
        values.push(value);
        rowSeries.push(series);
      }
    });
  }
  return {
    refId: target.refId, length: values.length,
    fields: [
      timeField('Time', Float64Array.from(times)),
      ...names.map((name) => textField(name, rowSeries.map((series) => series.labels[name] ?? null))),
      numberField(targets > 1 ? `Value #${target.refId}` : 'Value', values, {}, notNumbers.size === 0 ? {} : { notNumbers }),
    ],
  };
}

function labelNames(series: readonly ResultSeries[]): string[] {
  const names = new Set<string>();
  for (const { labels } of series) {
    for (const name of Object.keys(labels)) {
      names.add(name);
    }
  }
  return [...names].sort();
}
