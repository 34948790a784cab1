import type { ReactNode } from 'react';
import { Link } from 'react-router-dom';
import { sparkValues, type SelfReport, type SparkData } from '../../api/overview';
import { Spark } from '../../charts/Spark';
import { KeyValue } from '../../components/KeyValue';
import { Panel } from '../../components/Panel';
import { StateMark } from '../../components/StateMark';
import { formatDuration } from '../../lib/formatDuration';
import { formatCount } from '../../lib/formatNumber';
import { formatValue } from '../../lib/formatValue';
import styles from './SelfPanel.module.css';

/** How Pharos itself does. */
export function SelfPanel({ self }: { readonly self: SelfReport }) {
  const { sparks, notifications, rules, disk } = self;
  return (
    <Panel
      title={
        <Link className={styles.title} to="/system/status">
          <StateMark state={self.well ? 'ok' : 'error'} /> {self.well ? 'Pharos itself is well' : 'Pharos itself needs attention'}
        </Link>
      }
    >
      <KeyValue
        rows={[
          { name: 'Samples in', value: <WithSpark spark={sparks.samples}>{formatCount(self.samplesPerSecond)}/s</WithSpark> },
          { name: 'Active series', value: <WithSpark spark={sparks.series}>{formatCount(self.series)}</WithSpark> },
          { name: 'Query p95', value: <WithSpark spark={sparks.queries}>{self.queryP95Ms === undefined ? '–' : formatDuration(self.queryP95Ms)}</WithSpark> },
          ...(rules === undefined ? [] : [{ name: 'Rules, worst', value: `${formatDuration(rules.worstMs)} of ${formatDuration(rules.intervalMs)}` }]),
          { name: 'Notifications', value: <span data-failed={notifications.failed > 0 || undefined} className={styles.figure}>{formatCount(notifications.sent)} sent, {formatCount(notifications.failed)} failed</span> },
          { name: 'Disk', value: diskText(disk) },
        ]}
      />
    </Panel>
  );
}

function WithSpark({ spark, children }: { readonly spark: SparkData | undefined; readonly children: ReactNode }) {
  return (
    <span className={styles.figure}>
      {children}
      <span className={styles.spark}>{spark !== undefined && <Spark values={sparkValues(spark)} width={62} height={18} />}</span>
    </span>
  );
}

/** Farther away than this nobody needs to know when the disk is full, in seconds. */
const farAway = 90 * 86_400;

/** "3.1 GB, 6.9 GB free, full in 34 d". */
export function diskText({ usedBytes, freeBytes, fullInSeconds }: SelfReport['disk']): string {
  const free = freeBytes === undefined ? '' : `, ${formatValue(freeBytes, 'decbytes')} free`;
  return `${formatValue(usedBytes, 'decbytes')}${free}${fullInSeconds === undefined || fullInSeconds > farAway ? '' : `, full in ${formatDuration(fullInSeconds * 1000)}`}`;
}
