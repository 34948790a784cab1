import { keepPreviousData, useQuery, type UseQueryResult } from '@tanstack/react-query';
import type { AlertCardAnswer } from '../../../api/alerts';
import { queryBatch, type QueryResult } from '../../../api/queryBatch';
import { queryKeys } from '../../../api/queryKeys';
import { evidenceQueries } from './evidence';

export type Evidence = ReadonlyMap<string, QueryResult>;

/** The numbers of a card, in one request. Used by a card that is drawn anew for another alert: old numbers are always its own. */
export function useEvidence(card: AlertCardAnswer, from: number, to: number): UseQueryResult<Evidence> {
  const queries = evidenceQueries(card);
  return useQuery<Evidence>({
    queryKey: queryKeys.batch('alert', card.alert.fingerprint, from, to, queries),
    queryFn: async ({ signal }) => {
      const results = new Map<string, QueryResult>();
      await queryBatch(from, to, queries, (result) => results.set(result.id, result), signal);
      return results;
    },
    enabled: queries.length > 0,
    placeholderData: keepPreviousData,
    gcTime: 60_000,
  });
}
