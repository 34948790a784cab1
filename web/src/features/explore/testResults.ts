import type { QueryResult, ResultSeries } from '../../api/queryBatch';

export function series(labels: Readonly<Record<string, string>>, values: readonly number[], name = ''): ResultSeries {
  return { labels, name, values: Float64Array.from(values) };
}

export function result(id: string, all: readonly ResultSeries[], more: Partial<QueryResult> = {}): QueryResult {
  const steps = all[0]?.values.length ?? 0;
  return {
    id, expr: id.toLowerCase(), t0: 0, step: 1000, steps, series: all, warnings: [], infos: [],
    meta: { series: all.length, points: all.length * steps, samples: 10, durationMs: 1, scrapeIntervalMs: 15_000 }, ...more,
  };
}
