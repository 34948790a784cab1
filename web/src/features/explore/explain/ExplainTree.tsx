import { Fragment, useMemo, useRef, useState, type KeyboardEvent } from 'react';
import type { ExplainedNode, Explanation } from '../../../api/explain';
import type { Analysis } from '../../../promql/useAnalysis';
import { explainedRows } from './explainedRows';
import { ExplainRow } from './ExplainRow';
import styles from './ExplainTree.module.css';
import { noteActions, type NoteAction } from './noteActions';
import { NoteText } from './NoteText';

interface ExplainTreeProps {
  readonly letter: string;
  readonly explanation: Explanation;
  readonly analysis: Analysis | undefined;
  /** The opened node. */
  readonly opened: number | undefined;
  onOpen(id: number | undefined): void;
  /** The part of the query that is looked at. */
  onPoint(place: ExplainedNode['place'] | undefined): void;
  onAct(action: NoteAction): void;
  /** Asks for a part alone. */
  onAsk(expr: string): void;
}

const columnCount = 4;
const rowsAtFirst = 200;
const moves: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1, Home: -Infinity, End: Infinity };

/** The parts of a query under each other, operands under what uses them, with what each saw and took. */
export function ExplainTree({ letter, explanation, analysis, opened, onOpen, onPoint, onAct, onAsk }: ExplainTreeProps) {
  const rows = useMemo(() => explainedRows(explanation), [explanation]);
  const [isWhole, setIsWhole] = useState(false);
  const [current, setCurrent] = useState(0);
  const body = useRef<HTMLTableSectionElement>(null);
  const shown = isWhole ? rows : rows.slice(0, rowsAtFirst);
  const reached = shown.some(({ node }) => node.id === current) ? current : 0;
  const { nodes, query } = explanation;
  // What is opened stays marked while nothing else is looked at.
  const openedPlace = opened === undefined ? undefined : nodes[opened]?.place;
  const move = (event: KeyboardEvent): void => {
    const by = event.key in moves && !event.altKey && !event.ctrlKey && !event.metaKey ? moves[event.key] : undefined;
    const at = shown.findIndex(({ node }) => node.id === reached);
    if (by !== undefined && event.target instanceof HTMLElement && event.target.dataset['node'] !== undefined) {
      event.preventDefault();
      const next = shown[Math.max(0, Math.min(shown.length - 1, at + by))];
      body.current?.querySelector<HTMLElement>(`[data-node="${next?.node.id ?? 0}"]`)?.focus();
    }
  };
  return (
    <>
      <table className={styles.tree} role="treegrid" aria-label={`The parts of ${letter}`}>
        <thead>
          <tr>
            <th scope="col">Part</th>
            <th scope="col">Series</th>
            <th scope="col">Values</th>
            <th scope="col">Time</th>
          </tr>
        </thead>
        <tbody ref={body} onKeyDown={move}>
          {shown.map((row) => {
            const { node } = row;
            return (
              <Fragment key={node.id}>
                <ExplainRow
                  row={row} isOpen={node.id === opened} isReached={node.id === reached} onOpen={() => onOpen(node.id === opened ? undefined : node.id)}
                  onPoint={(isIn) => { onPoint(isIn ? node.place : openedPlace); if (isIn) { setCurrent(node.id); } }}
                />
                {node.id === opened && (
                  <tr className={styles.under}>
                    <td colSpan={columnCount}>
                      <div className={styles.part}>
                        {node.text === node.title ? <span>Marked in the query.</span> : <code>{node.text}</code>}
                        {(node.type === 'vector' || node.type === 'scalar') && node.parent !== undefined && (
                          <button type="button" onClick={() => onAsk(query.slice(node.place.offset, node.place.offset + node.place.length))}>Ask for it alone</button>
                        )}
                      </div>
                    </td>
                  </tr>
                )}
                {node.failed === true && explanation.error !== undefined && (
                  <tr className={styles.under}>
                    <td colSpan={columnCount}>
                      <p className={styles.failed} title={explanation.error.cause}>
                        <strong>It failed here.</strong> <span>{explanation.error.cause ?? explanation.error.message}</span>
                      </p>
                    </td>
                  </tr>
                )}
                {row.same === undefined && (node.notes ?? []).map((note, index) => (
                  <tr key={index} className={styles.under}>
                    <td colSpan={columnCount}>
                      <NoteText note={note} actions={noteActions(note, node, nodes, query, analysis)} onAct={onAct} />
                    </td>
                  </tr>
                ))}
              </Fragment>
            );
          })}
        </tbody>
      </table>
      {shown.length < rows.length && (
        <p className={styles.more}>
          {`First ${shown.length} of ${rows.length} parts. `}
          <button type="button" onClick={() => setIsWhole(true)}>Show all</button>
        </p>
      )}
      {explanation.isCut === true && <p className={styles.more}>The query has more parts than are explained at once: the rest is left out.</p>}
    </>
  );
}
