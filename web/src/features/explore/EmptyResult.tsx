import { Button } from '@mantine/core';
import type { ExplainQuestion, ExplanationNote } from '../../api/explain';
import { ErrorNotice } from '../../components/ErrorNotice';
import { LoadingFrame } from '../../components/LoadingFrame';
import type { Analysis } from '../../promql/useAnalysis';
import { formatDuration, formatPromDuration } from '../../lib/formatDuration';
import styles from './EmptyResult.module.css';
import { noteActions, type NoteAction } from './explain/noteActions';
import { useExplanation } from './explain/useExplanation';

interface EmptyResultProps {
  readonly question: ExplainQuestion | undefined;
  /** When it was asked: another moment is asked anew. */
  readonly moment: string;
  readonly analysis: Analysis | undefined;
  onAct(action: NoteAction): void;
  /** Shows where in the query the series were lost. Undefined while that is seen. */
  onExplain: (() => void) | undefined;
}

/** A query without a result: which part lost its series and why, from one run of it, and the way on. */
export function EmptyResult({ question, moment, analysis, onAct, onExplain }: EmptyResultProps) {
  const { data, error, refetch } = useExplanation(question, moment);
  if (data === undefined) {
    return error === null ? <LoadingFrame height={120} />
      : <ErrorNotice title="There is no result, and why cannot be found out." error={error} actions={<Button size="xs" onClick={() => void refetch()}>Try now</Button>} />;
  }

  if (data.error !== undefined) {
    return <ErrorNotice title="There is no result, and why cannot be found out." error={data.error.cause ?? data.error.message} />;
  }

  const node = data.nodes[data.empty?.node ?? -1];
  const note = node?.notes?.[data.empty?.note ?? -1];
  const actions = node === undefined || note === undefined ? [] : noteActions(note, node, data.nodes, data.query, analysis);
  return (
    <div className={styles.empty} role="status">
      <h3 className={styles.title}>{note === undefined ? 'No result' : titleOf(note)}</h3>
      <p className={styles.text}>{note?.text ?? ((data.result?.series ?? 0) > 0 ? 'Asked again just now, it has one: run it.' : 'No part of it says why.')}</p>
      {node !== undefined && node.parent !== undefined && <p className={styles.where}>In <code>{node.text}</code></p>}
      <div className={styles.actions}>
        {actions.map((action) => (
          <Button key={action.label} size="xs" variant="default" onClick={() => onAct(action)}>{action.isCode ? <code>{action.label}</code> : action.label}</Button>
        ))}
        {onExplain !== undefined && <Button size="xs" variant="subtle" onClick={onExplain}>Show it in the query</Button>}
      </div>
    </div>
  );
}

/** Whose fault it is, in a few words; the note says the rest. */
function titleOf(note: ExplanationNote): string {
  switch (note.kind) {
    case 'unknownMetric':
      return `No metric is called ${note.value ?? ''}`;
    case 'unknownLabel':
      return `No series has the label ${note.label ?? ''}`;
    case 'unknownValue':
      return `Nothing matches ${note.matcher ?? ''}`;
    case 'contradiction':
      return 'Nothing matches all conditions';
    case 'outsideRange':
      return 'Nothing in this range';
    case 'ended':
      return 'The series have ended';
    case 'tooFewSamples':
      return `No window of ${formatPromDuration(note.rangeMs ?? 0)} holds two samples${note.intervalMs === undefined ? '' : `: one comes every ${formatDuration(note.intervalMs)}`}`;
    case 'filtered':
      return 'No value passes the comparison';
    case 'lostSeries':
      return 'No series of one side has a partner on the other';
    case 'neverTogether':
      return 'The two sides never have values at one time';
    case 'excluded':
      return 'unless takes everything away';
    case 'noBuckets':
      return 'There are no buckets to read';
    case 'present':
      return 'It is there, so nothing is absent';
    case 'nothingAsked':
      return 'It asks for nothing';
    case 'histogramsIgnored':
      return 'These are histograms, and numbers are wanted';
    default:
      return 'No result';
  }
}
