import { Button } from '@mantine/core';
import { IconChartHistogram } from '@tabler/icons-react';
import type { QueryResult } from '../../../api/queryBatch';
import { plural } from '../../../lib/plural';
import styles from './HistogramNotice.module.css';

interface HistogramNoticeProps {
  readonly result: QueryResult;
  /** Whether the query only names series: then what is drawn of them is over time. */
  readonly isPlain: boolean;
  onReplace(expr: string): void;
}

/** Says that histograms are no lines, and offers what of them is one. */
export function HistogramNotice({ result, isPlain, onReplace }: HistogramNoticeProps) {
  const count = result.series.filter(({ histogram }) => histogram !== undefined).length;
  const of = isPlain ? `rate(${result.expr}[5m])` : result.expr;
  return (
    <div className={styles.notice} role="status">
      <IconChartHistogram className={styles.icon} size={16} stroke={1.6} aria-hidden />
      <div>
        <p>
          <strong>{`${plural(count, 'series', 'series')} of ${result.id} ${count === 1 ? 'is a native histogram' : 'are native histograms'}.`}</strong>
          {' '}A histogram is no line: draw a part of it. The newest are below.
        </p>
        <div className={styles.actions}>
          <Button size="xs" variant="default" onClick={() => onReplace(`histogram_quantile(0.95, ${of})`)}>95th percentile</Button>
          <Button size="xs" variant="default" onClick={() => onReplace(`histogram_count(${of})`)}>{isPlain ? 'Observations per second' : 'Observations'}</Button>
          <Button size="xs" variant="default" onClick={() => onReplace(`histogram_avg(${of})`)}>Mean</Button>
        </div>
      </div>
    </div>
  );
}
