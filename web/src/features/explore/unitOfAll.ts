import type { QueryResult } from '../../api/queryBatch';
import type { Analysis } from '../../promql/useAnalysis';

/** The unit that all results share; empty when they differ, or do not say. */
export function unitOfAll(results: readonly QueryResult[], analysis: Analysis | undefined): string {
  const units = new Set(results.map(({ expr }) => analysis?.queryUnit(expr) ?? ''));
  const [first] = units;
  return units.size === 1 ? (first ?? '') : '';
}
