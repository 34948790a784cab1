import { useQuery, type UseQueryResult } from '@tanstack/react-query';
import type { ApiError } from './apiError';
import { requestPrometheus } from './http';
import { queryKeys } from './queryKeys';

export type TargetLabels = Readonly<Record<string, string>>;

/** As `/api/v1/targets` tells it. */
export interface ActiveTarget {
  readonly discoveredLabels: TargetLabels;
  readonly labels: TargetLabels;
  readonly scrapePool: string;
  readonly scrapeUrl: string;
  /** Empty while it is well. */
  readonly lastError: string;
  /** RFC 3339; the year 1 before the first scrape. */
  readonly lastScrape: string;
  /** Seconds. */
  readonly lastScrapeDuration: number;
  readonly health: 'up' | 'down' | 'unknown';
  /** As Prometheus writes durations. */
  readonly scrapeInterval: string;
  readonly scrapeTimeout: string;
}

export interface DroppedTarget {
  readonly discoveredLabels: TargetLabels;
  readonly scrapePool: string;
}

/** Why a pool has fewer targets than its author hopes for. */
export interface PoolProblem {
  readonly scrapePool: string;
  readonly problem: string;
}

export interface ActiveTargets {
  readonly targets: readonly ActiveTarget[];
  readonly problems: readonly PoolProblem[];
}

export interface RelabelStep {
  readonly rule: {
    readonly source_labels?: readonly string[];
    readonly separator?: string;
    readonly regex?: string;
    readonly modulus?: number;
    readonly target_label?: string;
    readonly replacement?: string;
    readonly action?: string;
  };
  /** The labels after it; empty from the step on that drops the target. */
  readonly output: TargetLabels;
  readonly keep: boolean;
}

interface TargetsAnswer {
  readonly activeTargets: readonly ActiveTarget[];
  readonly droppedTargets: readonly DroppedTarget[];
  readonly droppedTargetCounts: Readonly<Record<string, number>> | null;
  readonly problems?: readonly PoolProblem[];
}

/** Health comes by events; when each was scraped last does not, so it is asked for every `refreshMs`. */
export function useActiveTargets(refreshMs: number | false): UseQueryResult<ActiveTargets, ApiError> {
  return useQuery({
    queryKey: queryKeys.activeTargets(),
    queryFn: async ({ signal }) => {
      const { activeTargets, problems } = (await requestPrometheus<TargetsAnswer>('/api/v1/targets?state=active', { signal })).data;
      return { targets: activeTargets, problems: problems ?? [] };
    },
    refetchInterval: refreshMs,
  });
}

export function useScrapePools(): UseQueryResult<readonly string[], ApiError> {
  return useQuery({
    queryKey: queryKeys.scrapePools(),
    queryFn: async ({ signal }) => (await requestPrometheus<{ scrapePools: readonly string[] }>('/api/v1/scrape_pools', { signal })).data.scrapePools,
  });
}

/** Dropped targets of all pools: there may be many, so only on demand. */
export function useDroppedTargets(enabled: boolean): UseQueryResult<readonly DroppedTarget[], ApiError> {
  return useQuery({
    queryKey: queryKeys.droppedTargets(),
    queryFn: async ({ signal }) => (await requestPrometheus<TargetsAnswer>('/api/v1/targets?state=dropped', { signal })).data.droppedTargets,
    enabled,
  });
}

// The counts are of all pools, whichever is asked for: one that cannot exist leaves the targets themselves out of the answer.
const noPool = '\n';

/** How many targets each pool dropped. */
export function useDroppedCounts(): UseQueryResult<Readonly<Record<string, number>>, ApiError> {
  return useQuery({
    queryKey: queryKeys.droppedCounts(),
    queryFn: async ({ signal }) => (await requestPrometheus<TargetsAnswer>(`/api/v1/targets?state=dropped&scrapePool=${encodeURIComponent(noPool)}`, { signal })).data.droppedTargetCounts ?? {},
  });
}

/** What each relabelling step of a pool makes of discovered labels. */
export function useRelabelSteps(pool: string, discovered: TargetLabels): UseQueryResult<readonly RelabelStep[], ApiError> {
  const labels = JSON.stringify(discovered);
  return useQuery({
    queryKey: queryKeys.relabelSteps(pool, labels),
    queryFn: async ({ signal }) => {
      const params = new URLSearchParams({ scrapePool: pool, labels });
      return (await requestPrometheus<{ steps: readonly RelabelStep[] }>(`/api/v1/targets/relabel_steps?${params}`, { signal })).data.steps;
    },
  });
}
