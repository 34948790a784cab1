import { useEffect, useRef } from 'react';
import { Spark } from '../../charts/Spark';
import { StateMark } from '../../components/StateMark';
import { formatDuration, parseDuration } from '../../lib/formatDuration';
import { formatAge, formatDateTime } from '../../lib/formatTime';
import { formatCount } from '../../lib/formatNumber';
import { cutMiddle } from '../../lib/cutMiddle';
import { useNow } from '../../state/useNow';
import { useZone } from '../../state/zone';
import styles from './PoolList.module.css';
import { scrapeReason } from './scrapeError';
import { sinceText } from './sinceText';
import { type TargetRow, tellingLabels } from './targetRows';
import { labelsKey, type TargetFigures } from './useTargetFigures';

interface TargetLineProps {
  readonly row: TargetRow;
  readonly figures: ReadonlyMap<string, TargetFigures> | undefined;
  readonly since: ReadonlyMap<string, number> | undefined;
  readonly isOpened: boolean;
  readonly isCurrent: boolean;
  onOpen(): void;
}

/** One target in one row: its health, what tells it apart, and how its last scrape went. */
export function TargetLine({ row, figures, since, isOpened, isCurrent, onOpen }: TargetLineProps) {
  const line = useRef<HTMLTableRowElement>(null);
  useEffect(() => {
    if (isCurrent) {
      line.current?.scrollIntoView({ block: 'nearest' });
    }
  }, [isCurrent]);
  const labels = tellingLabels(row);
  return (
    <tr ref={line} className={styles.target} data-opened={isOpened || undefined} data-current={isCurrent || undefined} onClick={onOpen}>
      <td>
        <span className={styles.name}>
          <StateMark state={row.state} label={row.state} />
          <button type="button" className={styles.open} aria-expanded={isOpened} title={row.name}>
            <code>{cutMiddle(row.name, 40)}</code>
          </button>
        </span>
      </td>
      <td data-part="labels">
        <code className={styles.labels} title={labels.map(([name, value]) => `${name}="${value}"`).join('\n')}>{labels.map(([name, value]) => `${name}=${value}`).join(' ')}</code>
      </td>
      {row.active !== undefined && row.state !== 'down' ? <Figures row={row} active={row.active} figures={figures?.get(labelsKey(row.active.labels))} /> : (
        <td colSpan={4} className={styles.reason} data-state={row.state}>
          {row.active === undefined ? 'dropped by relabelling' : <Reason error={row.active.lastError} at={since?.get(labelsKey(row.active.labels))} />}
        </td>
      )}
    </tr>
  );
}

function Reason({ error, at }: { readonly error: string; readonly at: number | undefined }) {
  const zone = useZone();
  const now = useNow(60_000);
  const reason = scrapeReason(error);
  return <>{reason === '' ? 'down' : reason}{at === undefined ? '' : `, since ${sinceText(at, now, zone)}`}</>;
}

function Figures({ row, active, figures }: { readonly row: TargetRow; readonly active: NonNullable<TargetRow['active']>; readonly figures: TargetFigures | undefined }) {
  const now = useNow(1000);
  const zone = useZone();
  const at = Date.parse(active.lastScrape);
  const wasScraped = row.state !== 'unknown' && at > 0;
  const timeout = parseDuration(active.scrapeTimeout) ?? Infinity;
  const isSlow = active.lastScrapeDuration * 1000 > timeout / 2;
  return (
    <>
      <td data-align="right" title={wasScraped ? formatDateTime(at, zone) : undefined}>{wasScraped ? `${formatAge(Math.min(at, now - 1000), now)} ago` : 'not yet'}</td>
      <td data-align="right" data-slow={isSlow || undefined} title={isSlow ? `more than half of its timeout of ${active.scrapeTimeout}` : undefined}>{wasScraped ? formatDuration(active.lastScrapeDuration * 1000) : '–'}</td>
      <td data-part="spark">
        {figures !== undefined && figures.durations.length > 1 && <Spark values={figures.durations} color={isSlow ? 'var(--ph-pend-solid)' : 'var(--ph-mute-solid)'} width={92} height={20} />}
      </td>
      <td data-align="right" data-part="samples">{figures?.samples === undefined ? '–' : formatCount(figures.samples)}</td>
    </>
  );
}
