import { useQuery, type UseQueryResult } from '@tanstack/react-query';
import type { ApiError } from './apiError';
import { requestPrometheus } from './http';
import { queryKeys } from './queryKeys';
import type { StoreStatus } from './system';

/** What targets say about a metric family. */
export interface Metadata {
  readonly type: string;
  readonly unit: string;
  readonly help: string;
}

export type MetadataByFamily = Readonly<Record<string, readonly Metadata[]>>;
export type Labels = Readonly<Record<string, string>>;

export interface TimeSpan {
  /** Milliseconds since the epoch. */
  readonly from: number;
  readonly to: number;
}

/** Names that are read at once: a server may have more, and then says so by a warning. */
export const mostNames = 20_000;
const mostCounts = 10_000;
const keptMs = 60_000;

export interface NameList {
  readonly names: readonly string[];
  /** There are more than were read. */
  readonly isCut: boolean;
}

export async function readMetricNames(signal?: AbortSignal): Promise<NameList> {
  const { data } = await requestPrometheus<readonly string[]>(`/api/v1/label/__name__/values?limit=${mostNames}`, { signal });
  return { names: data, isCut: data.length >= mostNames };
}

export async function readMetadata(signal?: AbortSignal): Promise<MetadataByFamily> {
  return (await requestPrometheus<MetadataByFamily>('/api/v1/metadata', { signal })).data;
}

/** How many series each metric has in the newest part of the store, for as many metrics as the server counts. */
export async function readSeriesCounts(signal?: AbortSignal): Promise<ReadonlyMap<string, number>> {
  const { data } = await requestPrometheus<StoreStatus>(`/api/v1/status/tsdb?limit=${mostCounts}`, { signal });
  return new Map(data.seriesCountByMetricName.map(({ name, value }) => [name, value]));
}

/** Names of labels, of all series or of those that a selector matches. */
export async function readLabelNames(match?: string): Promise<readonly string[]> {
  return (await requestPrometheus<readonly string[]>(`/api/v1/labels?${parameters({ match })}`)).data;
}

export async function readLabelValues(name: string, match?: string): Promise<readonly string[]> {
  return (await requestPrometheus<readonly string[]>(`/api/v1/label/${encodeURIComponent(name)}/values?${parameters({ match, limit: mostNames })}`)).data;
}

/** The labels of series that a selector matches, at most `limit`; at any time, or within a span. */
export async function readSeries(match: string, limit: number, span?: TimeSpan, signal?: AbortSignal): Promise<readonly Labels[]> {
  return (await requestPrometheus<readonly Labels[]>(`/api/v1/series?${parameters({ match, limit, span })}`, { signal })).data;
}

/** The query as the server's own printer writes it. Throws an ApiError when it does not parse. */
export async function formatQuery(query: string): Promise<string> {
  return (await requestPrometheus<string>('/api/v1/format_query', { method: 'POST', form: new URLSearchParams({ query }) })).data;
}

export function useMetricNames(enabled = true): UseQueryResult<NameList, ApiError> {
  return useQuery({ queryKey: queryKeys.metricNames(), queryFn: ({ signal }) => readMetricNames(signal), enabled, staleTime: keptMs });
}

export function useMetadata(enabled = true): UseQueryResult<MetadataByFamily, ApiError> {
  return useQuery({ queryKey: queryKeys.metadata(), queryFn: ({ signal }) => readMetadata(signal), enabled, staleTime: keptMs });
}

export function useSeriesCounts(enabled = true): UseQueryResult<ReadonlyMap<string, number>, ApiError> {
  return useQuery({ queryKey: queryKeys.metricCounts(), queryFn: ({ signal }) => readSeriesCounts(signal), enabled, staleTime: keptMs });
}

/** What is said of a metric: of its own name, else of the family it is a part of. */
export function metadataOf(metadata: MetadataByFamily | undefined, name: string): Metadata | undefined {
  return (metadata?.[name] ?? metadata?.[name.replace(/_(?:count|sum|bucket|total)$/, '')])?.[0];
}

function parameters({ match, limit, span }: { readonly match?: string | undefined; readonly limit?: number; readonly span?: TimeSpan | undefined }): string {
  const params = new URLSearchParams();
  if (match !== undefined) {
    params.set('match[]', match);
  }

  if (limit !== undefined) {
    params.set('limit', String(limit));
  }

  if (span !== undefined) {
    params.set('start', String(span.from / 1000));
    params.set('end', String(span.to / 1000));
  }

  return params.toString();
}
