import { keepPreviousData, useQuery, type UseQueryResult } from '@tanstack/react-query';
import type { Alert, Limited } from './alerts';
import type { ApiError } from './apiError';
import { requestJson } from './http';
import { queryKeys } from './queryKeys';

/** Shapes of docs/api.md, "Home, changes, events". */

export interface SparkData {
  readonly t0: number;
  readonly step: number;
  readonly values: readonly (number | string | null)[];
  readonly limit?: number;
}

export interface WrongAlert extends Alert {
  readonly spark?: SparkData;
  readonly told?: { readonly receiver: string; readonly time: number; readonly ok: boolean };
}

export interface BrokenThing {
  readonly kind: 'target' | 'receiver' | 'rule' | 'config' | 'dashboard';
  readonly subject: string;
  readonly text: string;
  readonly since?: number;
  readonly link: string;
}

export interface ServiceRow {
  readonly name: string;
  readonly up: number;
  readonly total: number;
  /** A second. */
  readonly requests?: number;
  /** A share. */
  readonly errors?: number;
  /** Seconds. */
  readonly p95?: number;
  readonly ribbon: readonly { readonly from: number; readonly to: number; readonly state: 'ok' | 'pending' | 'firing' | 'down' | 'unknown' }[];
}

export interface SelfReport {
  readonly well: boolean;
  readonly samplesPerSecond: number;
  readonly series: number;
  readonly queryP95Ms?: number;
  readonly rules?: { readonly worstMs: number; readonly intervalMs: number };
  readonly notifications: { readonly sent: number; readonly failed: number };
  readonly disk: { readonly usedBytes: number; readonly freeBytes?: number; readonly totalBytes?: number; readonly fullInSeconds?: number };
  readonly sparks: { readonly samples?: SparkData; readonly series?: SparkData; readonly queries?: SparkData };
}

export interface Overview {
  readonly sentence: string;
  readonly shortly?: readonly { readonly time: number; readonly text: string; readonly link?: string }[];
  readonly wrong: readonly WrongAlert[];
  readonly silenced?: number;
  readonly limited?: Limited;
  readonly broken: readonly BrokenThing[];
  readonly services: readonly ServiceRow[];
  readonly self: SelfReport;
  readonly asOf: number;
}

export type ChangeKind =
  | 'alertPending' | 'alertFiring' | 'alertResolved' | 'silenceCreated' | 'silenceExpired' | 'reloaded' | 'reloadFailed'
  | 'targetDown' | 'targetUp' | 'deploy' | 'dashboardSaved' | 'started';

export interface Change {
  readonly time: number;
  readonly kind: ChangeKind;
  readonly title: string;
  readonly detail?: string;
  readonly link?: string;
  readonly by?: string;
}

export interface ChangesAnswer {
  readonly changes: readonly Change[];
  readonly limited?: Limited;
  readonly asOf: number;
}

export function useOverview(from: number, to: number): UseQueryResult<Overview, ApiError> {
  return useQuery<Overview, ApiError>({
    queryKey: queryKeys.overview(String(from), String(to)),
    queryFn: ({ signal }) => requestJson(`/api/pharos/v1/overview?from=${from}&to=${to}`, { signal }),
    placeholderData: keepPreviousData,
    gcTime: 60_000,
  });
}

export function useChanges(from: number, to: number, limit: number): UseQueryResult<ChangesAnswer, ApiError> {
  return useQuery<ChangesAnswer, ApiError>({
    queryKey: queryKeys.changes(String(from), String(to)),
    queryFn: ({ signal }) => requestJson(`/api/pharos/v1/changes?from=${from}&to=${to}&limit=${limit}`, { signal }),
    placeholderData: keepPreviousData,
    gcTime: 60_000,
  });
}

/** The values of a spark as a drawing takes them: what is not there is `NaN`. */
export function sparkValues(spark: SparkData): Float64Array {
  return Float64Array.from(spark.values, (value) => (typeof value === 'number' ? value : Number.NaN));
}
