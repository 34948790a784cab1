import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import type { Panel } from '../../../api/dashboards';
import { queryKeys } from '../../../api/queryKeys';
import { framesOfPanel, type PanelRange, type PanelResults, queriesOf, rangeOf } from './panelData';
import type { QueryBatcher } from './queryBatcher';
import type { Frame } from '../frames/frame';

export interface PanelData {
  /** The last that came; undefined before the first answer. */
  readonly answered: PanelResults | undefined;
  readonly frames: readonly Frame[];
  /** Why the newest answer did not come; null while all is well. */
  readonly error: Error | null;
  readonly isFetching: boolean;
  /** What is shown is of an earlier range, because the newer answer did not come. */
  readonly isOld: boolean;
  readonly refetch: () => void;
}

/** Data of a panel for one range; kept in the cache no longer than a minute, since every refresh is a range of its own. */
const keptMs = 60_000;

/** What a panel shows: its data for the range, or the last that came while the new is on its way or failed. */
export function usePanelData(panel: Panel, page: PanelRange, width: number, near: boolean, batcher: QueryBatcher): PanelData {
  const range = useMemo(() => rangeOf(panel, page), [panel, page]);
  const queries = useMemo(() => queriesOf(panel, width), [panel, width]);
  const query = useQuery({
    queryKey: queryKeys.batch(panel.key, queries, range.from, range.to),
    queryFn: ({ signal }) => batcher.ask(range, queries, signal),
    enabled: near && width > 0 && queries.length > 0,
    gcTime: keptMs, staleTime: Infinity,
  });
  const [kept, setKept] = useState<Kept>(nothingKept);
  const fresh = query.isPlaceholderData ? undefined : query.data;
  // Live asks for another range before the tries for this one are used up: a failure counts until an answer comes.
  const failure = query.error ?? query.failureReason;
  if (kept.panelKey !== panel.key) {
    setKept({ ...nothingKept, panelKey: panel.key });
  } else if (fresh !== undefined && fresh !== kept.answered) {
    setKept({ panelKey: panel.key, answered: fresh, failure: null });
  } else if (fresh === undefined && failure !== null && failure !== kept.failure) {
    setKept({ ...kept, failure });
  }
  const answered = fresh ?? kept.answered;
  const frames = useMemo(() => (answered === undefined ? [] : framesOfPanel(panel, answered)), [panel, answered]);
  return {
    answered, frames, error: kept.failure, isFetching: query.isFetching,
    isOld: answered !== undefined && kept.failure !== null && (query.error !== null || isBehind(answered, range.to)),
    refetch: () => { void query.refetch(); },
  };
}

interface Kept {
  readonly panelKey: string;
  readonly answered: PanelResults | undefined;
  readonly failure: Error | null;
}

const nothingKept: Kept = { panelKey: '', answered: undefined, failure: null };
const oldAfterSteps = 3;

/** More than three steps behind what the page shows. */
export function isBehind(answered: PanelResults, now: number): boolean {
  const step = answered.results.reduce((largest, result) => Math.max(largest, result.step), 1000);
  return now - answered.range.to > oldAfterSteps * step;
}
