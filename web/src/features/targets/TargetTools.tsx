import { TextInput } from '@mantine/core';
import { IconFilter } from '@tabler/icons-react';
import type { RefObject } from 'react';
import { BarButton } from '../../components/BarButton';
import { StateMark } from '../../components/StateMark';
import { formatDuration, parseDuration, tellDuration } from '../../lib/formatDuration';
import { formatCount } from '../../lib/formatNumber';
import { keyText } from '../../state/keys';
import type { TargetRow } from './targetRows';
import styles from './TargetsPage.module.css';
import { labelsKey, type TargetFigures } from './useTargetFigures';

interface TargetToolsProps {
  readonly rows: readonly TargetRow[];
  /** In all pools, also while they are not listed. */
  readonly dropped: number;
  readonly show: ReadonlySet<string>;
  readonly filter: string;
  readonly field: RefObject<HTMLInputElement | null>;
  readonly figures: ReadonlyMap<string, TargetFigures> | undefined;
  onShow(show: ReadonlySet<string>): void;
  onFilter(text: string): void;
}

/** Counts that are filters, a text to filter by, and how much all of it is. */
export function TargetTools({ rows, dropped, show, filter, field, figures, onShow, onFilter }: TargetToolsProps) {
  const count = (state: string): number => rows.filter((row) => row.state === state).length;
  const toggle = (state: string): void => {
    const next = new Set(show);
    if (!next.delete(state)) {
      next.add(state);
    }

    onShow(next);
  };
  const button = (state: 'down' | 'up' | 'dropped', word: string, number: number) => (
    <BarButton pressed={show.has(state)} className={styles.count} onClick={() => toggle(state)}>
      <StateMark state={state} />
      {word} <strong>{formatCount(number)}</strong>
    </BarButton>
  );
  return (
    <div className={styles.tools}>
      {button('down', 'Down', count('down') + count('unknown'))}
      {button('up', 'Up', count('up'))}
      {button('dropped', 'Dropped', dropped)}
      <TextInput
        ref={field} className={styles.filter ?? ''} aria-label="Filter of targets" placeholder="name, label or address" value={filter} leftSection={<IconFilter size={14} stroke={1.6} aria-hidden />}
        rightSection={<kbd className={styles.key}>{keyText('filter')}</kbd>} onChange={(event) => onFilter(event.currentTarget.value)}
      />
      <span className={styles.sum}>{sumOf(rows, figures)}</span>
    </div>
  );
}

/** "1,842 samples/s · slowest 312 ms of 15 s". */
function sumOf(rows: readonly TargetRow[], figures: ReadonlyMap<string, TargetFigures> | undefined): string {
  let rate = 0;
  let slowest: TargetRow | undefined;
  for (const row of rows) {
    const interval = parseDuration(row.active?.scrapeInterval ?? '');
    const samples = row.active === undefined ? undefined : figures?.get(labelsKey(row.active.labels))?.samples;
    if (row.state === 'up' && interval !== undefined && interval > 0) {
      rate += ((samples ?? 0) * 1000) / interval;
      slowest = (slowest?.active?.lastScrapeDuration ?? -1) < (row.active?.lastScrapeDuration ?? 0) ? row : slowest;
    }
  }

  const parts = [
    ...(rate > 0 ? [`${formatCount(rate)} samples/s`] : []),
    ...(slowest?.active === undefined ? [] : [`slowest ${formatDuration(slowest.active.lastScrapeDuration * 1000)} of ${tellDuration(slowest.active.scrapeInterval)}`]),
  ];
  return parts.join(' · ');
}
