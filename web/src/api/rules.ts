import { useQuery, type UseQueryResult } from '@tanstack/react-query';
import type { ApiError } from './apiError';
import { requestJson, requestPrometheus } from './http';
import { queryKeys } from './queryKeys';

/** Upstream's shape: `/api/v1/rules`. Seconds, and times in ISO form. */
export interface Rule {
  readonly type: 'alerting' | 'recording';
  readonly name: string;
  readonly query: string;
  readonly state?: 'inactive' | 'pending' | 'firing' | 'unknown';
  /** How long the condition must hold. */
  readonly duration?: number;
  readonly keepFiringFor?: number;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly alerts?: readonly { readonly labels: Readonly<Record<string, string>>; readonly state: string; readonly activeAt: string }[] | null;
  readonly health: 'ok' | 'err' | 'unknown';
  readonly lastError?: string;
  readonly evaluationTime: number;
  readonly lastEvaluation: string;
  /** In its file, from 1; undefined where the server does not say. */
  readonly line?: number | undefined;
}

export interface RuleGroup {
  readonly name: string;
  readonly file: string;
  readonly interval: number;
  readonly evaluationTime: number;
  readonly lastEvaluation: string;
  readonly rules: readonly Rule[];
}

interface Places {
  readonly groups: readonly { readonly name: string; readonly file: string; readonly lines: readonly number[] }[];
}

/** Every group with its rules, each with its line. */
export function useRules(): UseQueryResult<readonly RuleGroup[], ApiError> {
  return useQuery<readonly RuleGroup[], ApiError>({ queryKey: queryKeys.rules(), queryFn: ({ signal }) => readRules(signal) });
}

async function readRules(signal: AbortSignal): Promise<readonly RuleGroup[]> {
  const [{ data }, places] = await Promise.all([
    requestPrometheus<{ groups: readonly RuleGroup[] }>('/api/v1/rules', { signal }),
    requestJson<Places>('/api/pharos/v1/rules/places', { signal }),
  ]);
  return data.groups.map((group) => {
    const lines = places.groups.find((one) => one.file === group.file && one.name === group.name)?.lines;
    return lines === undefined || lines.length !== group.rules.length ? group : { ...group, rules: group.rules.map((rule, index) => ({ ...rule, line: lines[index] })) };
  });
}
