import { keepPreviousData, useQuery, type UseQueryResult } from '@tanstack/react-query';
import type { AlertCardAnswer } from '../../../api/alerts';
import { queryBatch, type QueryResult } from '../../../api/queryBatch';
import { queryKeys } from '../../../api/queryKeys';
import { evidenceQueries, momentOf } from './evidence';

export type Evidence = ReadonlyMap<string, QueryResult>;

/** The numbers of a card: the range in one request, the moment in another. Used by a card that is drawn anew for another alert: old numbers are always its own. */
export function useEvidence(card: AlertCardAnswer, from: number, to: number): UseQueryResult<Evidence> {
  const queries = evidenceQueries(card);
  const moment = momentOf(card, to);
  return useQuery<Evidence>({
    queryKey: queryKeys.batch('alert', card.alert.fingerprint, from, to, moment, queries),
    queryFn: async ({ signal }) => {
      const results = new Map<string, QueryResult>();
      const ask = async (start: number, end: number, some: typeof queries): Promise<void> => {
        if (some.length > 0) {
          await queryBatch(start, end, some, (result) => results.set(result.id, result), signal);
        }
      };
      await Promise.all([ask(from, to, queries.filter(({ instant }) => instant !== true)), ask(Math.min(from, moment - 1), moment, queries.filter(({ instant }) => instant === true))]);
      return results;
    },
    enabled: queries.length > 0,
    placeholderData: keepPreviousData,
    gcTime: 60_000,
  });
}
