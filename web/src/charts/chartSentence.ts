import { type ChartSeries, lastValue } from './seriesModel';

const words = ['no', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten', 'eleven', 'twelve'];

/** "p95 by path: six series, highest /api/stats at 2.31 s, rising." What a person hears instead of the lines. */
export function chartSentence(title: string, series: readonly ChartSeries[], total = series.length): string {
  if (series.length === 0) {
    return `${title}: no data.`;
  }
  const count = `${words[total] ?? total.toLocaleString('en')} series`;
  const known = series.map((s) => ({ s, last: lastValue(s.values) })).filter((entry) => !Number.isNaN(entry.last));
  const highest = known.reduce<(typeof known)[number] | undefined>((best, entry) => (best === undefined || entry.last > best.last ? entry : best), undefined);
  if (highest === undefined) {
    return `${title}: ${count}, without a value in this range.`;
  }
  const name = total === 1 ? 'now' : `highest ${highest.s.name}`;
  return `${title}: ${count}, ${name} at ${highest.s.format(highest.last)}, ${direction(highest.s.values)}.`;
}

/** The mean of the last tenth against the mean of the tenth before the last half. */
export function direction(values: Float64Array): 'rising' | 'falling' | 'steady' {
  const known = values.filter((value) => Number.isFinite(value));
  if (known.length < 4) {
    return 'steady';
  }
  const part = Math.max(1, Math.floor(known.length / 10));
  const average = (slice: Float64Array): number => slice.reduce((sum, value) => sum + value, 0) / slice.length;
  const before = average(known.slice(0, part));
  const now = average(known.slice(-part));
  const width = Math.max(Math.abs(before), Math.abs(now));
  if (width === 0 || Math.abs(now - before) < width * 0.1) {
    return 'steady';
  }
  return now > before ? 'rising' : 'falling';
}
