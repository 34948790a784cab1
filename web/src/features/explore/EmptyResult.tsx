import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { readLabelValues, readMetricNames, readSeries } from '../../api/metrics';
import { queryBatch, type QueryResult } from '../../api/queryBatch';
import { queryKeys } from '../../api/queryKeys';
import { ErrorNotice } from '../../components/ErrorNotice';
import { LoadingFrame } from '../../components/LoadingFrame';
import { formatDuration, formatPromDuration } from '../../lib/formatDuration';
import { formatDateTime } from '../../lib/formatTime';
import { plural } from '../../lib/plural';
import type { Analysis } from '../../promql/useAnalysis';
import { useTimeRange } from '../../state/timeRange';
import { useZone } from '../../state/zone';
import styles from './EmptyResult.module.css';
import { explainEmpty, type EmptyQuestions, type EmptyReason } from './explainEmpty';

interface EmptyResultProps {
  readonly expr: string;
  readonly from: number;
  readonly to: number;
  readonly analysis: Analysis;
  /** Runs another query in its place. */
  onReplace(expr: string): void;
}

const halfHourMs = 1_800_000;

const questions: EmptyQuestions = {
  metricNames: async () => (await readMetricNames()).names,
  series: readSeries,
  labelValues: readLabelValues,
  query: async (from, to, query) => {
    let answer: QueryResult | undefined;
    await queryBatch(from, to, [query], (result) => { answer = result; });
    return answer?.error === undefined ? answer : undefined;
  },
};

/** A query without a result: whose fault it is, and the way on. */
export function EmptyResult({ expr, from, to, analysis, onReplace }: EmptyResultProps) {
  const zone = useZone();
  const { setRange } = useTimeRange();
  const why = useQuery({
    queryKey: queryKeys.batch('why empty', expr, from, to),
    queryFn: () => explainEmpty(analysis.selectorsOf(expr), { from, to }, Date.now(), questions),
    staleTime: Infinity, gcTime: 60_000, retry: false,
  });
  if (why.data === undefined) {
    return why.error === null ? <LoadingFrame height={120} /> : <ErrorNotice title="There is no result, and why cannot be found out." error={why.error} />;
  }

  const goTo = (at: number): void => setRange({ from: String(at - halfHourMs), to: String(at + halfHourMs) });
  const { title, text, actions } = told(why.data, expr, zone, onReplace, goTo);
  return (
    <div className={styles.empty} role="status">
      <h3 className={styles.title}>{title}</h3>
      <p className={styles.text}>{text}</p>
      {actions !== undefined && <div className={styles.actions}>{actions}</div>}
    </div>
  );
}

function told(reason: EmptyReason, expr: string, zone: string, onReplace: (expr: string) => void, goTo: (at: number) => void): { title: string; text: ReactNode; actions?: ReactNode } {
  switch (reason.kind) {
    case 'nothingRead':
      return { title: 'No result', text: 'This query reads no series, and what it computes has no value.' };
    case 'noMetric':
      return {
        title: `No metric is called ${reason.metric}`,
        text: reason.nearest.length === 0 ? 'No target sends it, and no other name is near.' : 'No target sends it. These names are near:',
        ...(reason.nearest.length === 0 ? {} : {
          actions: reason.nearest.map((name) => <Button key={name} size="xs" variant="default" onClick={() => onReplace(replaceName(expr, reason.metric, name))}><code>{name}</code></Button>),
        }),
      };
    case 'noMatch':
      return reason.matcher === undefined
        ? { title: `Nothing matches ${reason.selector.text}`, text: 'Each of its conditions matches series, no series matches all of them.' }
        : {
            title: `Nothing matches ${reason.matcher.text}`,
            text: reason.values.length === 0 ? `No series of ${reason.selector.metric ?? 'any metric'} has such a label.` : <>{reason.selector.metric} has {reason.matcher.name} {reason.values.map((value) => <code key={value} className={styles.value}>{value}</code>)}</>,
          };
    case 'outside':
      return reason.lastAt === undefined
        ? { title: 'Nothing in this range', text: <><code>{reason.selector.text}</code> has samples at other times, none within the last 30 days.</> }
        : {
            title: 'Nothing in this range', text: <><code>{reason.selector.text}</code> has its last sample at {formatDateTime(reason.lastAt, zone)}.</>,
            actions: <Button size="xs" onClick={() => goTo(reason.lastAt ?? 0)}>Go to last data, {formatDateTime(reason.lastAt, zone)}</Button>,
          };
    case 'twoSamples':
      return tellTwoSamples(reason, expr, onReplace);
    case 'operators':
      return {
        title: 'The series are there, the result is empty',
        text: <>What is done with them leaves nothing: a comparison that none passes, or sides without equal labels. {reason.selectors.map(({ selector, series }) => <span key={selector.written}><code className={styles.value}>{selector.written}</code> {plural(series, 'series', 'series')}. </span>)}</>,
      };
  }
}

function tellTwoSamples({ selector, scrapeIntervalMs }: Extract<EmptyReason, { kind: 'twoSamples' }>, expr: string, onReplace: (expr: string) => void): { title: string; text: ReactNode; actions?: ReactNode } {
  const at = selector.windowAt;
  const wanted = scrapeIntervalMs > 0 ? `[${formatPromDuration(scrapeIntervalMs * 4)}]` : '[5m]';
  return {
    title: `No window of ${selector.window ?? ''} holds two samples`,
    text: scrapeIntervalMs > 0 ? `Its series get a sample every ${formatDuration(scrapeIntervalMs)}; a rate needs two of them in the window.` : 'A rate needs two of them in the window.',
    ...(at === undefined ? {} : { actions: <Button size="xs" onClick={() => onReplace(expr.replaceAll(`[${selector.window ?? ''}]`, wanted))}>Use {wanted}</Button> }),
  };
}

function replaceName(expr: string, wrong: string, right: string): string {
  return expr.replace(new RegExp(`(?<![\\w:])${wrong.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}(?![\\w:])`, 'g'), right);
}
