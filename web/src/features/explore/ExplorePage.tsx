import { useQuery } from '@tanstack/react-query';
import { IconListTree, IconPlus } from '@tabler/icons-react';
import { useCallback, useMemo, useState } from 'react';
import { useSearchParams } from 'react-router-dom';
import { readAnnotations } from '../../api/annotations';
import { formatQuery } from '../../api/metrics';
import { queryKeys } from '../../api/queryKeys';
import { Page } from '../../components/Page';
import { SeriesColors } from '../../lib/seriesColor';
import type { LookedAt } from '../../promql/lookedAt';
import { type QueryPlace, useAnalysis } from '../../promql/useAnalysis';
import { useKey } from '../../state/keys';
import { useSettings } from '../../state/settings';
import { useTimeRange } from '../../state/timeRange';
import styles from './ExplorePage.module.css';
import { readExplained, readQueries, readView, withExplained } from './exploreParams';
import { HistoryMenu } from './HistoryMenu';
import { MetricBrowser } from './MetricBrowser';
import { QueryRow } from './QueryRow';
import { ResultArea } from './ResultArea';
import { ResultMeta } from './ResultMeta';
import { linesOf } from './chartSeries';
import { useDrafts } from './useDrafts';
import { pointsIn, useResults } from './useResults';

/** Metrics: PromQL, what it gives over the range, and what that costs. */
export function ExplorePage() {
  const [params, setParams] = useSearchParams();
  const range = useTimeRange();
  const { from, to } = range;
  const queries = useMemo(() => readQueries(params), [params]);
  const view = readView(params);
  const points = useMemo(() => pointsIn(window.innerWidth), []);
  const results = useResults(queries, view, from, to, points);
  const analysis = useAnalysis();
  const [colors] = useState(() => new SeriesColors());
  const drafts = useDrafts(results.refetch);
  const [focused, setFocused] = useState<number | undefined>();
  const [formatError, setFormatError] = useState<unknown>();
  const { queries: history } = useSettings();
  const current = drafts.drafts.find(({ id }) => id === focused) ?? drafts.drafts[0];
  const [looked, setLooked] = useState<{ letter: string; at: LookedAt } | undefined>();
  const look = useCallback((letter: string, expr: string, place: QueryPlace | undefined, isTaken = false) => setLooked(place === undefined ? undefined : { letter, at: { ...place, expr, isTaken } }), []);
  const explained = readExplained(params);
  const explain = (letter: string): void => { setLooked(undefined); setParams(withExplained(params, letter === explained ? undefined : letter)); };
  useKey('run', () => drafts.run());

  const metrics = useMemo(() => [...new Set(queries.filter(({ isOn }) => isOn).flatMap(({ expr }) => analysis?.metricsOf(expr) ?? []))], [queries, analysis]);
  const { data: annotations } = useQuery({ queryKey: queryKeys.annotations(from, to), queryFn: ({ signal }) => readAnnotations(from, to, signal), enabled: metrics.length > 0 && view === 'graph', retry: false });
  const bands = useMemo(() => (annotations?.bands ?? []).filter((band) => band.metrics.some((name) => metrics.includes(name))), [annotations, metrics]);
  const lineColors = useMemo(() => onlyLines(results.shown?.results ?? [], colors), [results.shown, colors]);

  // On a phone it would open the keyboard over the page.
  const [focusAtOnce] = useState(() => window.matchMedia('(pointer: fine)').matches);
  const format = async (id: number, text: string): Promise<void> => {
    try {
      const formatted = await formatQuery(text);
      setFormatError(undefined);
      drafts.change(id, formatted);
    } catch (error) {
      setFormatError(error);
    }
  };
  return (
    <Page title="Metrics" time loading={results.isFetching && results.shown !== undefined}>
      <div className={styles.queries}>
        {drafts.drafts.map((draft, index) => (
          <QueryRow
            key={draft.id} letter={draft.letter} text={draft.text} isOn={draft.isOn} isCurrent={draft.id === current?.id} isOnly={drafts.drafts.length === 1}
            autoFocus={(index === 0 && focusAtOnce) || draft.id >= 100} color={lineColors.get(draft.letter)} history={history} analysis={analysis}
            result={results.answered?.results.find(({ id }) => id === draft.letter)} looked={looked?.letter === draft.letter ? looked.at : undefined}
            onChange={(text) => { drafts.change(draft.id, text); setFormatError(undefined); }} onRun={() => drafts.run()} onFocus={() => setFocused(draft.id)}
            onToggle={() => drafts.toggle(draft.id)} onRemove={() => drafts.remove(draft.id)} onFormat={() => void format(draft.id, draft.text)}
            onFix={(text) => drafts.run(draft.id, text)} onExplain={() => explain(draft.letter)}
          />
        ))}
      </div>
      <div className={styles.under}>
        <ResultMeta answered={results.answered} isTold={queries.length > 1} />
        <div className={styles.actions}>
          {queries.length > 0 && current !== undefined && (
            <button type="button" className={styles.action} aria-pressed={explained !== undefined} onClick={() => explain(explained ?? current.letter)}>
              <IconListTree size={14} stroke={1.6} aria-hidden />
              {drafts.drafts.length > 1 && explained === undefined ? `Explain ${current.letter}` : 'Explain'}
            </button>
          )}
          <button type="button" className={styles.action} onClick={drafts.add}>
            <IconPlus size={14} stroke={1.6} aria-hidden />
            Add query
          </button>
          <HistoryMenu onChoose={(expr) => { if (current !== undefined) { drafts.run(current.id, expr); } }} />
        </div>
      </div>
      {queries.length === 0
        ? <MetricBrowser onAsk={(expr) => { if (current !== undefined) { drafts.run(current.id, expr); } }} />
        : <ResultArea
            results={results} queries={queries} view={view} colors={colors} analysis={analysis} bands={bands} formatError={formatError} onLook={look} onAsk={drafts.ask}
            onReplace={(letter, expr) => drafts.run(drafts.drafts.find((draft) => draft.letter === letter)?.id, expr)}
          />}
    </Page>
  );
}

/** The colour of each query that has one line. */
function onlyLines(results: Parameters<typeof linesOf>[0], colors: SeriesColors): ReadonlyMap<string, string> {
  const lines = linesOf(results, '', colors);
  return new Map(results.flatMap(({ id, series }) => {
    const line = series.length === 1 ? lines.find(({ letter }) => letter === id) : undefined;
    return line === undefined ? [] : [[id, line.chart.color] as const];
  }));
}
