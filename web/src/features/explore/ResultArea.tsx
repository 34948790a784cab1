import { Button } from '@mantine/core';
import { useSearchParams } from 'react-router-dom';
import type { AnnotationBand } from '../../api/annotations';
import { hasNumbers, type QueryResult } from '../../api/queryBatch';
import { ErrorNotice } from '../../components/ErrorNotice';
import { LoadingFrame } from '../../components/LoadingFrame';
import { OldBadge } from '../../components/OldBadge';
import { Panel } from '../../components/Panel';
import { StateBadge } from '../../components/StateBadge';
import { formatClock } from '../../lib/formatTime';
import { formatCount } from '../../lib/formatNumber';
import type { SeriesColors } from '../../lib/seriesColor';
import type { Analysis, QueryPlace } from '../../promql/useAnalysis';
import { useTimeRange } from '../../state/timeRange';
import { useZone } from '../../state/zone';
import { EmptyResult } from './EmptyResult';
import styles from './ExplorePage.module.css';
import { type ExploreQuery, type ExploreView, readExplained, withExplained, withView } from './exploreParams';
import { ExplainPanel, momentOf } from './explain/ExplainPanel';
import type { NoteAction } from './explain/noteActions';
import { questionOf } from './explain/useExplanation';
import { HistogramNotice } from './histograms/HistogramNotice';
import { HistogramTable } from './histograms/HistogramTable';
import { InstantTable } from './InstantTable';
import { ResultGraph } from './ResultGraph';
import { ResultNotes } from './ResultNotes';
import { unitOfAll } from './unitOfAll';
import type { Results } from './useResults';

interface ResultAreaProps {
  readonly results: Results;
  readonly queries: readonly ExploreQuery[];
  readonly view: ExploreView;
  readonly colors: SeriesColors;
  readonly analysis: Analysis | undefined;
  readonly bands: readonly AnnotationBand[];
  /** A query that could not be formatted. */
  readonly formatError: unknown;
  onReplace(letter: string, expr: string): void;
  /** Adds a query. */
  onAsk(expr: string): void;
  /** Looks at a part of a query, or at none; goes there when it is asked for. */
  onLook(letter: string, expr: string, place: QueryPlace | undefined, isTaken?: boolean): void;
}

const aroundLastMs = 1_800_000;

/** Everything under the queries: graph or table, what has no result and why, and what each part of a query saw. */
export function ResultArea({ results, queries, view, colors, analysis, bands, formatError, onReplace, onAsk, onLook }: ResultAreaProps) {
  const [params, setParams] = useSearchParams();
  const { text, setRange } = useTimeRange();
  const zone = useZone();
  const { shown, isOld, error } = results;
  const isAnyOn = queries.some(({ isOn }) => isOn);
  const good = (shown?.results ?? []).filter((result) => result.error === undefined);
  const filled = good.filter(({ series }) => series.length > 0);
  const empty = isOld ? [] : good.filter(({ series }) => series.length === 0);
  // What is seen is not what was asked for: the edit does not parse, or the server does not answer.
  const isLeft = shown !== undefined && (error !== null || (isOld && !results.isFetching));
  const title = `Result of ${filled.map(({ id }) => id).join(', ')}`;
  const letters = (results.answered?.results ?? []).map(({ id }) => id);
  const explained = results.answered?.results.find(({ id }) => id === readExplained(params));
  const act = (letter: string) => ({ query, goTo }: NoteAction): void => {
    if (query !== undefined) {
      onReplace(letter, query);
    } else if (goTo !== undefined) {
      setRange({ from: String(goTo - aroundLastMs), to: String(goTo + aroundLastMs) });
    }
  };
  const addTopk = (): void => {
    const first = filled.find(({ series, limited }) => limited !== undefined || series.length > 100) ?? filled[0];
    if (first !== undefined) {
      onReplace(first.id, `topk(10, ${first.expr})`);
    }
  };
  return (
    <div className={styles.results} data-view={view}>
      <div className={styles.main}>
        {formatError !== undefined && <ErrorNotice title="This cannot be formatted." error={formatError} />}
        {error !== null && <ErrorNotice error={error} actions={<Button size="xs" onClick={results.refetch}>Try now</Button>} />}
        {!isAnyOn && <p className={styles.hint}>All queries are switched off. The eye draws one again.</p>}
        {isAnyOn && shown === undefined && error === null && !(results.answered?.results.every((result) => result.error !== undefined) ?? false) && <LoadingFrame height={360} />}
        {shown !== undefined && empty.map((result) => (
          <Panel key={result.id} title={`${result.id} has no result`} actions={filled.length === 0 ? <ViewSwitch view={view} /> : undefined}>
            <EmptyResult
              question={questionOf(result, shown)} moment={momentOf(result, shown, `${text.from} ${text.to}`)} analysis={analysis} onAct={act(result.id)}
              onExplain={explained?.id === result.id ? undefined : () => setParams(withExplained(params, result.id))}
            />
          </Panel>
        ))}
        {shown !== undefined && (
          <div className={styles.shown} data-old={isLeft || undefined}>
            <ResultNotes results={good} onAddTopk={addTopk} onPlace={(letter, place) => onLook(letter, good.find(({ id }) => id === letter)?.expr ?? '', place, true)} />
            {isLeft && (
              <p className={styles.old}>
                The last result stays, marked as old
                {isOld ? <StateBadge state="unknown" mark={false}>{formatClock(shown.asOf, zone)}, before this edit</StateBadge> : <OldBadge at={shown.asOf} zone={zone} />}
              </p>
            )}
            {filled.filter(hasHistograms).map((result) => <HistogramNotice key={result.id} result={result} isPlain={analysis?.isSelector(result.expr) === true} onReplace={(expr) => onReplace(result.id, expr)} />)}
            {filled.some(({ series }) => series.some(hasNumbers)) && shown.view === 'graph' && (
              <ResultGraph answered={shown} title={title} colors={colors} unit={unitOfAll(filled, analysis)} bands={bands} actions={<ViewSwitch view={view} />} onAddTopk={addTopk} />
            )}
            {filled.filter(hasHistograms).map((result) => (
              <Panel key={`histograms ${result.id}`} flush title={`Histograms of ${result.id}`} note={shown.view === 'table' ? `at ${formatClock(shown.to, zone, true)}` : 'the newest of each series'} actions={result.series.some(hasNumbers) ? undefined : <ViewSwitch view={view} />}>
                <HistogramTable title={`Histograms of ${result.id}`} series={result.series} unit={unitOfAll([result], analysis)} />
              </Panel>
            ))}
            {shown.view === 'table' && filled.map((result) => ({ ...result, series: result.series.filter(hasNumbers) })).filter(({ series }) => series.length > 0).map((result) => (
              <Panel key={result.id} flush title={`Values of ${result.id}`} note={`at ${formatClock(shown.to, zone, true)} · ${formatCount(result.series.length)} series`} actions={<ViewSwitch view={view} />}>
                <div className={styles.table}>
                  <InstantTable result={result} unit={unitOfAll([result], analysis)} />
                </div>
              </Panel>
            ))}
          </div>
        )}
      </div>
      {explained !== undefined && results.answered !== undefined && (
        <div className={styles.side}>
          <ExplainPanel
            key={explained.id} result={explained} answered={results.answered} letters={letters} analysis={analysis}
            onPoint={(place) => onLook(explained.id, explained.expr, place)} onAct={act(explained.id)} onAsk={onAsk}
          />
        </div>
      )}
    </div>
  );
}

function hasHistograms({ series }: QueryResult): boolean {
  return series.some(({ histogram }) => histogram !== undefined);
}

function ViewSwitch({ view }: { readonly view: ExploreView }) {
  const [params, setParams] = useSearchParams();
  return (
    <div className={styles.switch} role="group" aria-label="View">
      {(['graph', 'table'] as const).map((one) => (
        <button key={one} type="button" aria-pressed={view === one} onClick={() => setParams(withView(params, one))}>
          {one === 'graph' ? 'Graph' : 'Table'}
        </button>
      ))}
    </div>
  );
}
