import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useCallback, useMemo } from 'react';
import { readAnnotations } from '../../../api/annotations';
import { numberOfWire, type AlertCardAnswer, type RuleOfAlert } from '../../../api/alerts';
import { queryKeys } from '../../../api/queryKeys';
import { TimeSeriesChart } from '../../../charts/TimeSeriesChart';
import { ErrorNotice } from '../../../components/ErrorNotice';
import { LoadingFrame } from '../../../components/LoadingFrame';
import { Panel } from '../../../components/Panel';
import { TopLine } from '../../../components/TopLine';
import { formatValue } from '../../../lib/formatValue';
import { shortFile } from '../../../lib/shortFile';
import { useTimeRange } from '../../../state/timeRange';
import { useZone } from '../../../state/zone';
import { Arithmetic } from './Arithmetic';
import styles from './WhyItFired.module.css';
import { asked, bandsOf } from './evidence';
import { chartLimits, chartSeries } from './evidenceChart';
import { SeriesBehind } from './SeriesBehind';
import { oneLine, unitOfCondition, unitOfExpr } from './units';
import { useEvidence } from './useEvidence';

const titles = { firing: 'Why it fired', pending: 'Why it is pending', silenced: 'Why it fired', inhibited: 'Why it fired', resolved: 'Why it fired' } as const;

/** The value against its limit over the range, and the numbers it is made of. */
export function WhyItFired({ card, now }: { readonly card: AlertCardAnswer; readonly now: number }) {
  const { alert, condition, sources = [] } = card;
  const { from, to, setRange } = useTimeRange();
  const zone = useZone();
  const evidence = useEvidence(card, from, to);
  const annotations = useQuery({
    queryKey: queryKeys.annotations(from, to), queryFn: ({ signal }) => readAnnotations(from, to, signal), placeholderData: keepPreviousData, gcTime: 60_000,
  });
  const unit = condition === undefined ? unitOfExpr(sources[0] ?? '') : unitOfCondition(condition);
  const limit = numberOfWire(condition?.limit);
  const results = evidence.data;
  const series = useMemo(() => chartSeries(results?.get(asked.value), results?.get(asked.limit), alert.labels, unit), [results, alert.labels, unit]);
  const limits = useMemo(() => (limit === undefined ? undefined : chartLimits(limit, unit)), [limit, unit]);
  const left = useMemo(() => ({ ...(unit === undefined ? {} : { unit }), titled: false, ...(limit === undefined || !(limit > 0) ? {} : { softMax: limit * 1.2 }) }), [unit, limit]);
  const bands = useMemo(() => bandsOf(alert.name, card.timeline, Math.min(now, to)), [alert.name, card.timeline, now, to]);
  const onZoom = useCallback((start: number, end: number) => setRange({ from: String(start), to: String(end) }), [setRange]);
  if (condition === undefined && sources.length === 0) {
    return card.rule === undefined ? <p className={styles.foreign}>This alert came from another sender: its rule is not here, so there is no value to draw.</p> : null;
  }

  const failed = evidence.error ?? results?.get(asked.value)?.error;
  return (
    <>
      <h3 className={styles.title}>{titles[alert.state]}</h3>
      <Panel flush>
        <div className={styles.chart}>
          <TopLine active={evidence.isFetching} />
          {failed !== undefined && failed !== null && <ErrorNotice error={failed instanceof Error ? failed : failed.message} title="The value cannot be drawn." />}
          {results === undefined ? failed === undefined && <LoadingFrame height={200} /> : series.length === 0 && (failed === undefined || failed === null) ? (
            <p className={styles.none}>The rule's expression has no value between these times.</p>
          ) : (
            <TimeSeriesChart
              title={`${alert.name}: value against its limit`} series={series} from={from} to={to} zone={zone} left={left} bands={bands} marks={annotations.data?.marks ?? noMarks}
              legend={hiddenLegend(series.length)} onZoom={onZoom} {...(limits === undefined ? {} : { limits })}
            />
          )}
        </div>
        {condition !== undefined && <Arithmetic card={card} evidence={results} unit={unit} />}
        {condition === undefined && card.rule !== undefined && <RulePlace rule={card.rule} />}
      </Panel>
      <SeriesBehind card={card} result={results?.get(asked.source)} format={(value) => formatValue(value, unitOfExpr(results?.get(asked.source)?.expr ?? ''))} />
    </>
  );
}

const noMarks: readonly never[] = [];
const none = { mode: 'hidden', placement: 'bottom', calcs: [] } as const;
const automatic = { mode: 'auto', placement: 'bottom', calcs: [] } as const;

// The title says what one line is.
function hiddenLegend(count: number): typeof none | typeof automatic {
  return count < 2 ? none : automatic;
}

function RulePlace({ rule }: { readonly rule: RuleOfAlert }) {
  return (
    <p className={styles.rule}>
      <code>{oneLine(rule.expr)}</code> <code className={styles.place} title={`${rule.file}:${rule.line}`}>{shortFile(rule.file)}:{rule.line}</code>
    </p>
  );
}
