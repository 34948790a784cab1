import { useQuery, type UseQueryResult } from '@tanstack/react-query';
import type { ApiError } from '../../../api/apiError';
import { explainQuery, type ExplainQuestion, type Explanation } from '../../../api/explain';
import type { QueryResult } from '../../../api/queryBatch';
import { queryKeys } from '../../../api/queryKeys';
import type { Answered } from '../useResults';

/** The same query at the same steps as a result's; undefined of one that never ran. */
export function questionOf(result: QueryResult, { view, to }: Answered): ExplainQuestion | undefined {
  if (result.error !== undefined && result.t0 === 0) {
    return undefined;
  }

  return { query: result.expr, at: view === 'table' ? { time: to } : { from: Math.min(result.t0, to), to, step: result.step } };
}

const keptMs = 60_000;

/** What each part of a query saw. It is run for this once: Live does not ask again while `moment` stays. */
export function useExplanation(question: ExplainQuestion | undefined, moment: string): UseQueryResult<Explanation, ApiError> {
  const step = question === undefined ? 0 : 'step' in question.at ? question.at.step : 0;
  return useQuery({
    queryKey: queryKeys.explanation(question?.query, moment, step),
    queryFn: ({ signal }) => explainQuery(question ?? { query: '', at: { time: 0 } }, signal),
    enabled: question !== undefined, staleTime: Infinity, gcTime: keptMs, retry: false,
  });
}
