import { useQuery, type UseQueryResult } from '@tanstack/react-query';
import type { Alert, Limited } from './alerts';
import type { ApiError } from './apiError';
import { request, requestJson } from './http';
import { queryKeys } from './queryKeys';

/** Upstream's shapes: `/api/v2/silences`. */

export interface SilenceMatcher {
  readonly name: string;
  readonly value: string;
  readonly isRegex: boolean;
  readonly isEqual: boolean;
}

export interface Silence {
  readonly id: string;
  readonly status: { readonly state: 'active' | 'pending' | 'expired' };
  readonly matchers: readonly SilenceMatcher[];
  readonly startsAt: string;
  readonly endsAt: string;
  readonly updatedAt: string;
  readonly createdBy: string;
  readonly comment: string;
}

export interface SilenceToSet {
  /** That of an existing one changes it. */
  readonly id?: string;
  readonly matchers: readonly SilenceMatcher[];
  readonly startsAt: string;
  readonly endsAt: string;
  readonly createdBy: string;
  readonly comment: string;
}

export interface SilencePreview {
  readonly hides: readonly Alert[];
  readonly keeps: readonly Alert[];
  readonly messagesLastWeek: number;
  readonly limited?: Limited;
  readonly asOf: number;
}

export function useSilences(): UseQueryResult<readonly Silence[], ApiError> {
  return useQuery<readonly Silence[], ApiError>({ queryKey: queryKeys.silences(), queryFn: ({ signal }) => requestJson('/api/v2/silences', { signal }) });
}

/** Answers the id under which it is kept: another than before where the change made a new one. */
export async function setSilence(silence: SilenceToSet): Promise<string> {
  const { silenceID } = await requestJson<{ silenceID: string }>('/api/v2/silences', { method: 'POST', body: silence });
  return silenceID;
}

export async function expireSilence(id: string): Promise<void> {
  // Upstream answers 200 and nothing.
  await request(`/api/v2/silence/${encodeURIComponent(id)}`, { method: 'DELETE' });
}

/** What a silence with these matchers would hide now. */
export function useSilencePreview(matchers: readonly SilenceMatcher[]): UseQueryResult<SilencePreview, ApiError> {
  return useQuery<SilencePreview, ApiError>({
    queryKey: queryKeys.silencePreview(matchers),
    queryFn: ({ signal }) => requestJson('/api/pharos/v1/silences/preview', { method: 'POST', body: { matchers }, signal }),
    enabled: matchers.length > 0,
    retry: false,
  });
}
