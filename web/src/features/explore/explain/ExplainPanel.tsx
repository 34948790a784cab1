import { IconRefresh, IconX } from '@tabler/icons-react';
import { useSearchParams } from 'react-router-dom';
import type { ExplainedNode } from '../../../api/explain';
import type { QueryResult } from '../../../api/queryBatch';
import { ErrorNotice } from '../../../components/ErrorNotice';
import { LoadingFrame } from '../../../components/LoadingFrame';
import { Panel } from '../../../components/Panel';
import { TopLine } from '../../../components/TopLine';
import { formatDuration } from '../../../lib/formatDuration';
import { formatClock } from '../../../lib/formatTime';
import { plural } from '../../../lib/plural';
import type { Analysis } from '../../../promql/useAnalysis';
import { useTimeRange } from '../../../state/timeRange';
import { useZone } from '../../../state/zone';
import { readNode, withExplained, withNode } from '../exploreParams';
import type { Answered } from '../useResults';
import styles from './ExplainPanel.module.css';
import { ExplainTree } from './ExplainTree';
import type { NoteAction } from './noteActions';
import { questionOf, useExplanation } from './useExplanation';

interface ExplainPanelProps {
  /** Whose parts are explained. */
  readonly result: QueryResult;
  readonly answered: Answered;
  /** Every query that can be. */
  readonly letters: readonly string[];
  readonly analysis: Analysis | undefined;
  onPoint(place: ExplainedNode['place'] | undefined): void;
  onAct(action: NoteAction): void;
  onAsk(expr: string): void;
}

/** What each part of a query saw and took, why there is nothing where there is nothing, and where it failed if it did. */
export function ExplainPanel({ result, answered, letters, analysis, onPoint, onAct, onAsk }: ExplainPanelProps) {
  const [params, setParams] = useSearchParams();
  const { text } = useTimeRange();
  const zone = useZone();
  const { id } = result;
  const question = questionOf(result, answered);
  const { data, error, isFetching, refetch } = useExplanation(question, momentOf(result, answered, `${text.from} ${text.to}`));
  const open = (node: number | undefined): void => setParams(withNode(params, node));
  const actions = (
    <>
      {letters.length > 1 && (
        <div className={styles.letters} role="group" aria-label="Query to explain">
          {letters.map((letter) => <button key={letter} type="button" aria-pressed={letter === id} onClick={() => setParams(withExplained(params, letter))}>{letter}</button>)}
        </div>
      )}
      <button type="button" className={styles.icon} aria-label="Explain again" onClick={() => void refetch()} disabled={question === undefined}>
        <IconRefresh size={16} stroke={1.6} aria-hidden />
      </button>
      <button type="button" className={styles.icon} aria-label="Close the explanation" onClick={() => { onPoint(undefined); setParams(withExplained(params, undefined)); }}>
        <IconX size={16} stroke={1.6} aria-hidden />
      </button>
    </>
  );
  return (
    <Panel flush title={`Explain ${id}`} note="why this result, and what it cost" className={styles.panel} actions={actions}>
      <TopLine active={isFetching && data !== undefined} />
      {question === undefined && <p className={styles.text}>{result.error?.place === undefined ? `${id} did not run.` : `${id} does not parse: its place is marked in the query.`}</p>}
      {question !== undefined && data === undefined && (error === null ? <LoadingFrame height={160} /> : <div className={styles.text}><ErrorNotice title="This cannot be explained." error={error} /></div>)}
      {data !== undefined && (
        <>
          {data.error !== undefined && !data.nodes.some(({ failed }) => failed === true) && (
            <div className={styles.text}>
              <ErrorNotice title={data.error.message} error={data.error.cause ?? 'The tree shows how far it came.'} />
            </div>
          )}
          <ExplainTree key={data.query} letter={id} explanation={data} analysis={analysis} opened={readNode(params)} onOpen={open} onPoint={onPoint} onAct={onAct} onAsk={onAsk} />
          <p className={styles.foot}>
            {`${plural(data.samples, 'sample')} read · ${formatDuration(data.evaluationMs)}${data.queueMs >= 1 ? ` after waiting ${formatDuration(data.queueMs)}` : ''}, run for this at ${formatClock(data.asOf, zone, true)}. `}
            Times are of all threads together.
          </p>
        </>
      )}
    </Panel>
  );
}

/** While there is something Live does not ask again; why there is nothing is asked with every answer that is empty, once for page and panel. */
export function momentOf(result: QueryResult, { from, to }: Answered, rangeText: string): string {
  return result.error === undefined && result.series.length === 0 ? `${from} ${to}` : rangeText;
}
