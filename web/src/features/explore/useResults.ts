import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { type BatchQuery, queryBatch, type QueryResult } from '../../api/queryBatch';
import { queryKeys } from '../../api/queryKeys';
import type { ExploreQuery, ExploreView } from './exploreParams';

export interface Answered {
  /** What was asked: another text is another question. */
  readonly asked: string;
  readonly from: number;
  readonly to: number;
  readonly view: ExploreView;
  /** In the order of the queries. */
  readonly results: readonly QueryResult[];
  /** When the server knew it, in milliseconds. */
  readonly asOf: number;
}

export interface Results {
  /** What the queries gave, errors included; undefined until they did. */
  readonly answered: Answered | undefined;
  /** What is drawn: the same, or what was drawn last. */
  readonly shown: Answered | undefined;
  /** What is drawn answers other queries than those that were asked. */
  readonly isOld: boolean;
  readonly isFetching: boolean;
  /** The request as a whole failed. */
  readonly error: Error | null;
  refetch(): void;
}

const keptMs = 60_000;
const mostRows = 5000;
const mostSeries = 1000;

/** Asks all queries that are on in one request. What came last stays until the new is there, and when the new is an error. */
export function useResults(queries: readonly ExploreQuery[], view: ExploreView, from: number, to: number, points: number): Results {
  const asked = useMemo(() => queries.filter(({ isOn }) => isOn).map((query) => batchQuery(query, view, points)), [queries, view, points]);
  const text = JSON.stringify(asked);
  const query = useQuery({
    queryKey: queryKeys.batch('explore', text, from, to),
    queryFn: ({ signal }) => ask(asked, text, view, from, to, signal),
    enabled: asked.length > 0, gcTime: keptMs, staleTime: Infinity,
  });
  const [last, setLast] = useState<{ answered?: Answered; good?: Answered }>({});
  const fresh = query.data;
  if (fresh !== undefined && fresh !== last.answered) {
    setLast({ answered: fresh, ...(hasResult(fresh) ? { good: fresh } : last.good === undefined ? {} : { good: last.good }) });
  }

  const answered = fresh ?? (last.answered?.asked === text ? last.answered : undefined);
  const shown = answered !== undefined && hasResult(answered) ? answered : last.good;
  return {
    answered, shown: asked.length === 0 ? undefined : shown, isOld: shown !== undefined && shown.asked !== text, isFetching: query.isFetching, error: query.error,
    refetch: () => { void query.refetch(); },
  };
}

function batchQuery({ letter, expr }: ExploreQuery, view: ExploreView, points: number): BatchQuery {
  return view === 'table' ? { id: letter, expr, instant: true, maxSeries: mostRows } : { id: letter, expr, maxDataPoints: points, maxSeries: mostSeries };
}

async function ask(queries: readonly BatchQuery[], asked: string, view: ExploreView, from: number, to: number, signal: AbortSignal): Promise<Answered> {
  const results = new Map<string, QueryResult>();
  const asOf = await queryBatch(from, to, queries, (result) => results.set(result.id, result), signal);
  return { asked, from, to, view, asOf, results: queries.flatMap(({ id }) => results.get(id) ?? []) };
}

function hasResult(answered: Answered): boolean {
  return answered.results.some(({ error }) => error === undefined);
}

/** Points of a graph in a window of so many CSS pixels: one a pixel and a half of what rail and panels leave. */
export function pointsIn(windowWidth: number): number {
  const width = windowWidth >= 1200 ? windowWidth - 690 : windowWidth >= 900 ? windowWidth - 110 : windowWidth - 40;
  return Math.max(100, Math.min(2000, Math.round(width / 1.5)));
}
