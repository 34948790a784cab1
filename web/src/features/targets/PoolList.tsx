import { Button } from '@mantine/core';
import type { UseQueryResult } from '@tanstack/react-query';
import { IconAlertTriangle, IconChevronDown, IconChevronRight } from '@tabler/icons-react';
import { useState } from 'react';
import { useSearchParams } from 'react-router-dom';
import type { DroppedTarget, PoolProblem } from '../../api/targets';
import { ErrorNotice } from '../../components/ErrorNotice';
import { tellDuration } from '../../lib/formatDuration';
import { formatCount } from '../../lib/formatNumber';
import { plural } from '../../lib/plural';
import { useKey } from '../../state/keys';
import styles from './PoolList.module.css';
import { TargetLine } from './TargetLine';
import type { PoolRows, TargetRow } from './targetRows';
import type { TargetFigures } from './useTargetFigures';

interface PoolListProps {
  readonly pools: readonly PoolRows[];
  /** What the filters leave. */
  readonly listed: readonly TargetRow[];
  readonly problems: readonly PoolProblem[];
  /** A filter leaves out pools of which nothing is left. */
  readonly isNarrowed: boolean;
  readonly openedId: string | undefined;
  readonly figures: ReadonlyMap<string, TargetFigures> | undefined;
  readonly since: ReadonlyMap<string, number> | undefined;
  readonly dropped: UseQueryResult<readonly DroppedTarget[]>;
  onOpen(row: TargetRow): void;
  onShowDropped(): void;
}

const rowsAtFirst = 50;

/** The pools with their targets, what is down first. */
export function PoolList({ pools, listed, problems, isNarrowed, openedId, figures, since, dropped, onOpen, onShowDropped }: PoolListProps) {
  const [params, setParams] = useSearchParams();
  const [whole, setWhole] = useState<ReadonlySet<string>>(new Set());
  const closed = new Set(params.getAll('closed'));
  const parts = pools
    .map((pool) => {
      const rows = listed.filter((row) => row.pool === pool.name);
      const shown = closed.has(pool.name) ? [] : whole.has(pool.name) ? rows : rows.slice(0, rowsAtFirst);
      return { pool, rows, shown };
    })
    .filter(({ rows }) => !isNarrowed || rows.length > 0);
  const current = useListKeys(parts.flatMap(({ shown }) => shown), openedId, onOpen);
  const fold = (name: string): void => setParams((old) => {
    const next = new URLSearchParams(old);
    const names = next.getAll('closed');
    next.delete('closed');
    (names.includes(name) ? names.filter((one) => one !== name) : [...names, name]).forEach((one) => next.append('closed', one));
    return next;
  }, { replace: true });
  return (
    <>
      {dropped.error !== null && <ErrorNotice error={dropped.error} actions={<Button size="xs" onClick={() => void dropped.refetch()}>Try now</Button>} />}
      {parts.length === 0 && <p className={styles.none}>No target matches.</p>}
      {parts.length > 0 && (
        <div className={styles.scroll}>
          <table className={styles.table} aria-label="Targets">
            <thead>
              <tr>
                <th scope="col">Target</th>
                <th scope="col" data-part="labels">Labels</th>
                <th scope="col" data-align="right">Last scrape</th>
                <th scope="col" data-align="right">Took</th>
                <th scope="col" data-part="spark">Last hour</th>
                <th scope="col" data-align="right" data-part="samples">Samples</th>
              </tr>
            </thead>
            {parts.map(({ pool, rows, shown }) => (
              <tbody key={pool.name}>
                <PoolHead pool={pool} isClosed={closed.has(pool.name)} hasDroppedListed={rows.some(({ state }) => state === 'dropped')} onFold={() => fold(pool.name)} onShowDropped={onShowDropped} />
                {problems.filter(({ scrapePool }) => scrapePool === pool.name).map(({ problem }) => (
                  <tr key={problem}>
                    <td colSpan={6} className={styles.problem}>
                      <IconAlertTriangle size={14} stroke={1.6} aria-hidden /> {problem}
                    </td>
                  </tr>
                ))}
                {shown.map((row) => (
                  <TargetLine key={row.id} row={row} figures={figures} since={since} isOpened={row.id === openedId} isCurrent={row.id === current} onOpen={() => onOpen(row)} />
                ))}
                {!closed.has(pool.name) && rows.length > shown.length && (
                  <tr>
                    <td colSpan={6}>
                      <button type="button" className={styles.more} onClick={() => setWhole(new Set([...whole, pool.name]))}>{`${formatCount(rows.length - shown.length)} more`}</button>
                    </td>
                  </tr>
                )}
              </tbody>
            ))}
          </table>
        </div>
      )}
    </>
  );
}

interface PoolHeadProps {
  readonly pool: PoolRows;
  readonly isClosed: boolean;
  readonly hasDroppedListed: boolean;
  onFold(): void;
  onShowDropped(): void;
}

function PoolHead({ pool, isClosed, hasDroppedListed, onFold, onShowDropped }: PoolHeadProps) {
  const Chevron = isClosed ? IconChevronRight : IconChevronDown;
  return (
    <tr className={styles.pool}>
      <th scope="rowgroup" colSpan={6}>
        <div className={styles.head}>
          <button type="button" className={styles.fold} aria-expanded={!isClosed} onClick={onFold}>
            <Chevron size={16} stroke={1.6} aria-hidden />
            <strong>{pool.name}</strong>
          </button>
          <span className={styles.health} data-state={pool.up < pool.total ? 'down' : 'up'}>{pool.total === 0 ? 'no targets' : `${formatCount(pool.up)} of ${formatCount(pool.total)} up`}</span>
          {pool.interval !== undefined && <span className={styles.note}>every {tellDuration(pool.interval)}</span>}
          {pool.dropped > 0 && (hasDroppedListed
            ? <span className={styles.dropped}>{formatCount(pool.dropped)} dropped</span>
            : <button type="button" className={styles.dropped} title={`Show ${plural(pool.dropped, 'dropped target')}`} onClick={onShowDropped}>{formatCount(pool.dropped)} dropped</button>)}
        </div>
      </th>
    </tr>
  );
}

/** `j` and `k` move, Enter opens. Answers the current row. */
function useListKeys(rows: readonly TargetRow[], openedId: string | undefined, onOpen: (row: TargetRow) => void): string | undefined {
  const [moved, setMoved] = useState<string | undefined>();
  const at = rows.findIndex(({ id }) => id === (moved ?? openedId));
  const move = (to: number): void => {
    const row = rows[Math.max(0, Math.min(rows.length - 1, to))];
    setMoved(row?.id);
    // What is opened follows, as a list and its reader do.
    if (row !== undefined && openedId !== undefined) {
      onOpen(row);
    }
  };
  useKey('next', () => move(at + 1));
  useKey('previous', () => move(Math.max(0, at - 1)));
  const chosen = rows[at];
  useKey('open', () => { if (chosen !== undefined) { onOpen(chosen); } }, chosen !== undefined);
  return moved === undefined ? undefined : chosen?.id;
}
