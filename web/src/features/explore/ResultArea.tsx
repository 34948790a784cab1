import { Button } from '@mantine/core';
import { useSearchParams } from 'react-router-dom';
import type { AnnotationBand } from '../../api/annotations';
import { ErrorNotice } from '../../components/ErrorNotice';
import { LoadingFrame } from '../../components/LoadingFrame';
import { OldBadge } from '../../components/OldBadge';
import { Panel } from '../../components/Panel';
import { StateBadge } from '../../components/StateBadge';
import { formatClock } from '../../lib/formatTime';
import { formatCount } from '../../lib/formatNumber';
import type { SeriesColors } from '../../lib/seriesColor';
import type { Analysis } from '../../promql/useAnalysis';
import { useTimeRange } from '../../state/timeRange';
import { useZone } from '../../state/zone';
import { EmptyResult } from './EmptyResult';
import styles from './ExplorePage.module.css';
import { type ExploreQuery, type ExploreView, withView } from './exploreParams';
import { InstantTable } from './InstantTable';
import { ResultGraph } from './ResultGraph';
import { ResultNotes } from './ResultNotes';
import { SelectorCosts } from './SelectorCosts';
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
}

/** Everything under the queries: graph or table, what has no result and why, and what each selector costs. */
export function ResultArea({ results, queries, view, colors, analysis, bands, formatError, onReplace }: ResultAreaProps) {
  const { text } = useTimeRange();
  const zone = useZone();
  const { shown, isOld, error } = results;
  const isAnyOn = queries.some(({ isOn }) => isOn);
  const good = (shown?.results ?? []).filter((result) => result.error === undefined);
  const filled = good.filter(({ series }) => series.length > 0);
  const empty = isOld ? [] : good.filter(({ series }) => series.length === 0);
  // What is seen is not what was asked for: the edit does not parse, or the server does not answer.
  const isLeft = shown !== undefined && (error !== null || (isOld && !results.isFetching));
  const title = `Result of ${filled.map(({ id }) => id).join(', ')}`;
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
        {analysis !== undefined && shown !== undefined && empty.map((result) => (
          <Panel key={result.id} title={`${result.id} has no result`} actions={filled.length === 0 ? <ViewSwitch view={view} /> : undefined}>
            <EmptyResult expr={result.expr} from={shown.from} to={shown.to} analysis={analysis} onReplace={(expr) => onReplace(result.id, expr)} />
          </Panel>
        ))}
        {shown !== undefined && (
          <div className={styles.shown} data-old={isLeft || undefined}>
            <ResultNotes results={good} onAddTopk={addTopk} />
            {isLeft && (
              <p className={styles.old}>
                The last result stays, marked as old
                {isOld ? <StateBadge state="unknown" mark={false}>{formatClock(shown.asOf, zone)}, before this edit</StateBadge> : <OldBadge at={shown.asOf} zone={zone} />}
              </p>
            )}
            {filled.length > 0 && shown.view === 'graph' && (
              <ResultGraph answered={shown} title={title} colors={colors} unit={unitOfAll(filled, analysis)} bands={bands} actions={<ViewSwitch view={view} />} onAddTopk={addTopk} />
            )}
            {shown.view === 'table' && filled.map((result) => (
              <Panel key={result.id} flush title={`Values of ${result.id}`} note={`at ${formatClock(shown.to, zone, true)} · ${formatCount(result.series.length)} series`} actions={<ViewSwitch view={view} />}>
                <div className={styles.table}>
                  <InstantTable result={result} unit={unitOfAll([result], analysis)} />
                </div>
              </Panel>
            ))}
          </div>
        )}
      </div>
      {analysis !== undefined && shown !== undefined && !isOld && good.some(({ expr }) => analysis.selectorsOf(expr).length > 0) && (
        <div className={styles.side}>
          {good.map((result) => <SelectorCosts key={result.id} result={result} from={shown.from} to={shown.to} analysis={analysis} rangeText={`${text.from} ${text.to}`} />)}
        </div>
      )}
    </div>
  );
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
