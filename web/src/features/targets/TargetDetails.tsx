import { IconX } from '@tabler/icons-react';
import { Link } from 'react-router-dom';
import { useRelabelSteps } from '../../api/targets';
import { isSafeLink } from '../../charts/safeLink';
import { Spark } from '../../charts/Spark';
import { KeyValue } from '../../components/KeyValue';
import { LabelChip } from '../../components/LabelChip';
import { QueryView } from '../../components/QueryView';
import { StateBadge } from '../../components/StateBadge';
import { formatDuration, tellDuration } from '../../lib/formatDuration';
import { formatCount } from '../../lib/formatNumber';
import { describeTime, formatAge } from '../../lib/formatTime';
import { useNow } from '../../state/useNow';
import { useZone } from '../../state/zone';
import { sinceText } from './sinceText';
import { dropSentence, tellSteps } from './relabelSteps';
import { RelabelTrail } from './RelabelTrail';
import { scrapeReason } from './scrapeError';
import styles from './TargetDetails.module.css';
import type { TargetRow } from './targetRows';
import { labelsKey, type TargetFigures } from './useTargetFigures';

interface TargetDetailsProps {
  readonly row: TargetRow;
  readonly figures: ReadonlyMap<string, TargetFigures> | undefined;
  readonly since: ReadonlyMap<string, number> | undefined;
  onClose(): void;
}

/** One target: why it is as it is, what relabelling made of it, and its labels before and after. */
export function TargetDetails({ row, figures, since, onClose }: TargetDetailsProps) {
  const steps = useRelabelSteps(row.pool, row.discovered);
  const { active } = row;
  return (
    <article className={styles.card}>
      <header className={styles.head}>
        <StateBadge state={row.state} />
        <span className={styles.pool}>pool {row.pool}</span>
        <button type="button" className={styles.close} aria-label="Close" onClick={onClose}>
          <IconX size={16} stroke={1.6} aria-hidden />
        </button>
      </header>
      <h2 className={styles.name}>{row.name}</h2>
      {active !== undefined && <Health row={row} active={active} figures={figures?.get(labelsKey(active.labels))} since={since?.get(labelsKey(active.labels))} />}
      <QueryView query={steps} loadingHeight={80}>
        {(list) => {
          const told = tellSteps(row.discovered, list);
          const drop = dropSentence(told);
          return (
            <>
              {active === undefined && (
                <p className={styles.why} data-state="dropped">
                  {drop === undefined ? <>Dropped: after relabelling it has no address, or it is one that another target has already.</> : <><strong>Dropped by relabel step {drop.step}</strong> because {drop.text}</>}
                </p>
              )}
              <RelabelTrail steps={told} />
            </>
          );
        }}
      </QueryView>
      {active !== undefined && <Labels title="Labels after relabelling" labels={active.labels} isOpen />}
      <Labels title="Discovered labels" labels={row.discovered} isOpen={active === undefined} />
      {active !== undefined && active.lastError !== '' && (
        <details className={styles.fold}>
          <summary>Details</summary>
          <pre className={styles.error}>{active.lastError}</pre>
        </details>
      )}
    </article>
  );
}

interface HealthProps {
  readonly row: TargetRow;
  readonly active: NonNullable<TargetRow['active']>;
  readonly figures: TargetFigures | undefined;
  readonly since: number | undefined;
}

function Health({ row, active, figures, since }: HealthProps) {
  const zone = useZone();
  const now = useNow(1000);
  const at = Date.parse(active.lastScrape);
  const took = formatDuration(active.lastScrapeDuration * 1000);
  return (
    <>
      {row.state === 'down' && (
        <p className={styles.why} data-state="down">
          <strong>{scrapeReason(active.lastError)}</strong>
          {since === undefined ? '' : ` since ${sinceText(since, now, zone)}`}. The last attempt was {formatAge(Math.min(at, now - 1000), now)} ago and took {took}.
        </p>
      )}
      {row.state === 'unknown' && <p className={styles.why} data-state="unknown">It was not scraped yet: within {active.scrapeInterval} it will be.</p>}
      {figures !== undefined && figures.durations.length > 1 && (
        <div className={styles.spark}>
          <Spark values={figures.durations} color="var(--ph-mute-solid)" width={400} height={36} wide />
          <span>how long scrapes took, last hour</span>
        </div>
      )}
      <KeyValue
        left
        rows={[
          { name: 'Address', value: isSafeLink(active.scrapeUrl) ? <a href={active.scrapeUrl} rel="noreferrer"><code>{active.scrapeUrl}</code></a> : <code>{active.scrapeUrl}</code> },
          { name: 'Asked', value: `every ${tellDuration(active.scrapeInterval)}, at most ${tellDuration(active.scrapeTimeout)}` },
          ...(row.state === 'up' ? [{ name: 'Last scrape', value: <span title={describeTime(at, now, zone)}>{formatAge(Math.min(at, now - 1000), now)} ago, took {took}</span> }] : []),
          ...(figures?.samples === undefined ? [] : [{ name: 'Samples', value: formatCount(figures.samples) }]),
          { name: 'Its health', value: <Link to={`/query?q=${encodeURIComponent(upQuery(active.labels))}`}>up over time</Link> },
        ]}
      />
    </>
  );
}

function upQuery(labels: Readonly<Record<string, string>>): string {
  const parts = ['job', 'instance'].flatMap((name) => (labels[name] === undefined ? [] : [`${name}=${JSON.stringify(labels[name])}`]));
  return `up{${parts.join(', ')}}`;
}

function Labels({ title, labels, isOpen }: { readonly title: string; readonly labels: Readonly<Record<string, string>>; readonly isOpen: boolean }) {
  const all = Object.entries(labels);
  return (
    <details className={styles.fold} open={isOpen}>
      <summary>
        {title} <span className={styles.count}>{formatCount(all.length)}</span>
      </summary>
      <div className={styles.labels}>
        {all.map(([name, value]) => <LabelChip key={name} name={name} value={value} />)}
      </div>
    </details>
  );
}
