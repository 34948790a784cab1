import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { type BatchQuery, queryBatch, type QueryResult } from '../../api/queryBatch';
import { queryKeys } from '../../api/queryKeys';
import { ErrorNotice } from '../../components/ErrorNotice';
import { LoadingFrame } from '../../components/LoadingFrame';
import { Panel } from '../../components/Panel';
import { formatDuration } from '../../lib/formatDuration';
import { formatCount } from '../../lib/formatNumber';
import { formatValue } from '../../lib/formatValue';
import type { Selector } from '../../promql/analysis';
import type { Analysis } from '../../promql/useAnalysis';
import styles from './SelectorCosts.module.css';

interface SelectorCostsProps {
  /** The result whose selectors are looked at. */
  readonly result: QueryResult;
  readonly from: number;
  readonly to: number;
  readonly analysis: Analysis;
  /** The range as the address has it: Live does not ask anew. */
  readonly rangeText: string;
}

interface Cost {
  readonly written: string;
  readonly series: number;
  readonly samples: number;
  readonly durationMs: number;
}

const mostSelectors = 20;

/** What a query reads: each selector asked for alone, over the same range and step. */
export function SelectorCosts({ result, from, to, analysis, rangeText }: SelectorCostsProps) {
  const selectors = useMemo(() => analysis.selectorsOf(result.expr).slice(0, mostSelectors), [analysis, result.expr]);
  const costs = useQuery({
    queryKey: queryKeys.batch('selectors', result.expr, rangeText, result.step, result.steps > 1),
    queryFn: ({ signal }) => askCosts(selectors, result, from, to, signal),
    enabled: selectors.length > 0, staleTime: Infinity, gcTime: 60_000,
  });
  if (selectors.length === 0) {
    return null;
  }

  return (
    <Panel flush title={`Selectors of ${result.id}`} note="what it reads, and what that costs" className={styles.panel}>
      {costs.data === undefined ? (costs.error === null ? <LoadingFrame height={96} /> : <ErrorNotice error={costs.error} />) : <CostTable costs={costs.data} result={result} />}
      <p className={styles.foot}>Each selector is asked for alone, over the same range and step.</p>
    </Panel>
  );
}

function CostTable({ costs, result }: { readonly costs: readonly Cost[]; readonly result: QueryResult }) {
  const slowest = Math.max(...costs.map(({ durationMs }) => durationMs), result.meta.durationMs, 0.001);
  const rows = [...costs, { written: 'The whole query', series: result.meta.series, samples: result.meta.samples, durationMs: result.meta.durationMs }];
  return (
    <table className={styles.table}>
      <thead>
        <tr>
          <th scope="col">Selector</th>
          <th scope="col">Series</th>
          <th scope="col">Samples</th>
          <th scope="col">Time</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row, index) => (
          <tr key={index} data-whole={index === costs.length || undefined}>
            <td title={row.written}>{index === costs.length ? row.written : <code>{row.written}</code>}</td>
            <td>{formatCount(row.series)}</td>
            <td title={formatCount(row.samples)}>{formatValue(row.samples, 'short')}</td>
            <td>
              <span className={styles.time}>
                {formatDuration(row.durationMs)}
                <span className={styles.bar} style={{ width: `${Math.max(3, (row.durationMs / slowest) * 24)}px` }} aria-hidden />
              </span>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

async function askCosts(selectors: readonly Selector[], result: QueryResult, from: number, to: number, signal: AbortSignal): Promise<readonly Cost[]> {
  const queries = selectors.map((selector, index): BatchQuery => ({
    id: String(index), expr: selector.window === undefined ? selector.text : `last_over_time(${selector.written})`, maxSeries: 1,
    ...(result.steps > 1 ? { intervalMs: result.step } : { instant: true }),
  }));
  const answers = new Map<string, QueryResult>();
  await queryBatch(from, to, queries, (answer) => answers.set(answer.id, answer), signal);
  return selectors.flatMap(({ written }, index) => {
    const answer = answers.get(String(index));
    return answer === undefined || answer.error !== undefined ? [] : [{ written, series: answer.meta.series, samples: answer.meta.samples, durationMs: answer.meta.durationMs }];
  });
}
