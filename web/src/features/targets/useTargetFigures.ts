import { useQuery } from '@tanstack/react-query';
import type { TargetLabels } from '../../api/targets';
import { queryBatch, type QueryResult } from '../../api/queryBatch';
import { queryKeys } from '../../api/queryKeys';
import type { TargetRow } from './targetRows';

export interface TargetFigures {
  /** Seconds that scrapes of the last hour took. */
  readonly durations: Float64Array;
  readonly samples: number | undefined;
}

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const stepMs = 60_000;
const mostSeries = 5000;
const mostDown = 50;

/** Scrape durations and samples of all targets, by their labels: see {@link labelsKey}. */
export function useTargetFigures(refreshMs: number | false): ReadonlyMap<string, TargetFigures> | undefined {
  const { data } = useQuery({
    queryKey: queryKeys.targetFigures(),
    queryFn: async ({ signal }) => {
      const now = Date.now();
      const answers = await askBatch(now - hourMs, now, [
        { id: 'durations', expr: 'scrape_duration_seconds', intervalMs: stepMs, maxSeries: mostSeries },
        { id: 'samples', expr: 'scrape_samples_scraped', instant: true, maxSeries: mostSeries },
      ], signal);
      const figures = new Map<string, TargetFigures>();
      for (const { labels, values } of answers.get('durations')?.series ?? []) {
        figures.set(labelsKey(labels), { durations: values, samples: undefined });
      }

      for (const { labels, values } of answers.get('samples')?.series ?? []) {
        const key = labelsKey(labels);
        figures.set(key, { durations: figures.get(key)?.durations ?? new Float64Array(), samples: values[0] });
      }

      return figures;
    },
    refetchInterval: refreshMs,
  });
  return data;
}

/** Since when down targets are, in milliseconds, by their labels: the first sample of `up` after its last 1 within a day. */
export function useDownSince(rows: readonly TargetRow[]): ReadonlyMap<string, number> | undefined {
  const down = rows.filter(({ state }) => state === 'down').slice(0, mostDown);
  const instances = [...new Set(down.flatMap(({ active }) => active?.labels['instance'] ?? []))].sort();
  const { data } = useQuery({
    queryKey: queryKeys.downSince(instances),
    queryFn: async ({ signal }) => {
      const now = Date.now();
      const pattern = instances.map((name) => name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|');
      const expr = `up{instance=~${JSON.stringify(pattern)}}`;
      const answers = await askBatch(now - dayMs, now, [{ id: 'day', expr, intervalMs: stepMs, maxSeries: mostSeries }], signal);
      return sinceOf(answers.get('day'));
    },
    enabled: instances.length > 0, staleTime: 60_000,
  });
  return data;
}

/** The beginning of the zeros at the end of each series. */
export function sinceOf(result: QueryResult | undefined): ReadonlyMap<string, number> {
  const since = new Map<string, number>();
  for (const { labels, values } of result?.series ?? []) {
    let first: number | undefined;
    for (let index = values.length - 1; index >= 0 && values[index] !== 1; index--) {
      if (values[index] === 0) {
        first = index;
      }
    }

    if (first !== undefined && result !== undefined) {
      since.set(labelsKey(labels), result.t0 + first * result.step);
    }
  }

  return since;
}

/** The same for a target and for the series that its scrapes leave. */
export function labelsKey(labels: TargetLabels): string {
  return JSON.stringify(Object.entries(labels).filter(([name]) => name !== '__name__').sort(([left], [right]) => (left < right ? -1 : 1)));
}

async function askBatch(from: number, to: number, queries: Parameters<typeof queryBatch>[2], signal: AbortSignal): Promise<ReadonlyMap<string, QueryResult>> {
  const answers = new Map<string, QueryResult>();
  await queryBatch(from, to, queries, (result) => answers.set(result.id, result), signal);
  return answers;
}
