import { formatDuration } from '../../../lib/formatDuration';
import { formatCount } from '../../../lib/formatNumber';
import { formatValue } from '../../../lib/formatValue';
import { type ExplainedRow, rowFacts } from './explainedRows';
import styles from './ExplainTree.module.css';

interface ExplainRowProps {
  readonly row: ExplainedRow;
  readonly isOpen: boolean;
  /** The tab key reaches it; the arrows the others. */
  readonly isReached: boolean;
  onOpen(): void;
  onPoint(isIn: boolean): void;
}

const deepestIndent = 12;

/** One part of a query: what it is, what came in and went out, and its time within that of the whole. */
export function ExplainRow({ row, isOpen, isReached, onOpen, onPoint }: ExplainRowProps) {
  const { node, seriesIn, same, isHottest, selfShare, totalShare } = row;
  const state = node.failed === true ? 'failed' : node.notes?.some(({ cause }) => cause === true) === true ? 'empty' : undefined;
  return (
    <tr
      aria-level={node.depth + 1} aria-selected={isOpen} data-state={state} data-open={isOpen || undefined}
      onPointerEnter={() => onPoint(true)} onPointerLeave={() => onPoint(false)} onFocus={() => onPoint(true)} onBlur={() => onPoint(false)}
    >
      <td style={{ paddingLeft: 14 + Math.min(node.depth, deepestIndent) * 12 }}>
        <button type="button" className={styles.name} data-node={node.id} tabIndex={isReached ? 0 : -1} title={node.text} onClick={onOpen}>
          <code>{node.title}</code>
          <small>{rowFacts(row).join(' · ')}</small>
        </button>
      </td>
      <td>
        {countOf(node.series)}
        {seriesIn.length > 0 && <small>{`of ${seriesIn.map(formatCount).join(' + ')}`}</small>}
      </td>
      <td>
        {node.points === undefined ? '–' : <span title={formatCount(node.points)}>{formatValue(node.points, 'short')}</span>}
        {node.samples !== undefined && <small title={`${formatCount(node.samples)} samples read`}>{`${formatValue(node.samples, 'short')} read`}</small>}
      </td>
      <td data-hottest={isHottest || undefined}>
        {same === undefined ? formatDuration(node.selfMs) : '–'}
        {same === undefined && (
          <small>
            {node.totalMs > node.selfMs ? `of ${formatDuration(node.totalMs)}` : ' '}
            <span className={styles.bar} style={{ width: `${Math.max(4, totalShare * 100)}%` }} aria-hidden>
              <span style={{ width: `${totalShare === 0 ? 0 : (selfShare / totalShare) * 100}%` }} />
            </span>
          </small>
        )}
      </td>
    </tr>
  );
}

/** What was not evaluated, or has no series, has no number. */
function countOf(series: number | undefined): string {
  return series === undefined ? '–' : formatCount(series);
}
