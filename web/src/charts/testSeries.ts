import { type ChartSeries, plainLine, type SeriesStyle } from './seriesModel';

/** A series for tests: a value a minute from the start of the epoch; `null` is a gap. */
export function testSeries(name: string, values: readonly (number | null)[], style: Partial<SeriesStyle> = {}, step = 60_000, t0 = 0): ChartSeries {
  return {
    key: name, name, color: 'var(--ph-s1)', grid: { t0, step, length: values.length },
    values: Float64Array.from(values, (value) => value ?? Number.NaN), style: { ...plainLine, ...style }, format: (value) => String(value),
  };
}
