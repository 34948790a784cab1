import { formatDuration } from '../lib/formatDuration';
import { formatCount } from '../lib/formatNumber';
import { plural } from '../lib/plural';
import styles from './QueryMeta.module.css';

export interface QueryMetaProps {
  readonly series?: number | undefined;
  readonly points?: number | undefined;
  readonly stepMs?: number | undefined;
  /** Samples read from the store. */
  readonly samples?: number | undefined;
  readonly durationMs?: number | undefined;
  /** The true interval of the job behind it: a step beyond it skips samples. */
  readonly scrapeIntervalMs?: number | undefined;
}

/** What a query cost and how fine its answer is. */
export function QueryMeta({ series, points, stepMs, samples, durationMs, scrapeIntervalMs }: QueryMetaProps) {
  const skipped = stepMs !== undefined && scrapeIntervalMs !== undefined && scrapeIntervalMs > 0 ? Math.round(stepMs / scrapeIntervalMs) : 1;
  const parts = [
    series === undefined ? undefined : plural(series, 'series', 'series'),
    points === undefined ? undefined : plural(points, 'point'),
    stepMs === undefined ? undefined : `step ${formatDuration(stepMs)}`,
    samples === undefined ? undefined : `${formatCount(samples)} samples read`,
    durationMs === undefined ? undefined : formatDuration(durationMs),
    skipped > 1 ? `1 of ${skipped} samples drawn` : undefined,
  ];
  return <p className={styles.meta}>{parts.filter((part) => part !== undefined).join(' · ')}</p>;
}
