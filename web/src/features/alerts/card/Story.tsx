import type { AlertCardAnswer, TimelineEntry } from '../../../api/alerts';
import { describeTime, formatClock, formatDate } from '../../../lib/formatTime';
import { plural } from '../../../lib/plural';
import { useZone } from '../../../state/zone';
import { episodeOf } from './evidence';
import styles from './Story.module.css';

/** As many steps as stand beside each other; more go into "earlier". */
const mostSteps = 8;

/** What happened to the alert, in the order of time, and what comes next. */
export function Story({ card: { alert, timeline }, now }: { readonly card: AlertCardAnswer; readonly now: number }) {
  const { current, earlier } = episodeOf(timeline, alert.since);
  const shown = current.slice(-mostSteps);
  const before = [...earlier, ...current.slice(0, -mostSteps)];
  return (
    <section aria-label="What was done">
      <h3 className={styles.title}>What was done</h3>
      <ol className={styles.steps}>
        {shown.map((entry, index) => <Step key={`${entry.time} ${entry.kind} ${index}`} entry={entry} now={now} />)}
      </ol>
      {before.length > 0 && (
        <details className={styles.earlier}>
          <summary>Earlier: {plural(before.length, 'entry', 'entries')}</summary>
          <ol className={styles.list}>
            {before.map((entry, index) => <EarlierStep key={`${entry.time} ${entry.kind} ${index}`} entry={entry} />)}
          </ol>
        </details>
      )}
    </section>
  );
}

function Step({ entry, now }: { readonly entry: TimelineEntry; readonly now: number }) {
  const zone = useZone();
  return (
    <li className={styles.step} data-kind={entry.kind}>
      <span className={styles.mark} aria-hidden />
      <span className={styles.text}>{entry.text}</span>
      <time className={styles.time} title={describeTime(entry.time, now, zone)}>{formatClock(entry.time, zone, true)}</time>
      {entry.detail !== undefined && <span className={styles.detail}>{entry.detail}</span>}
    </li>
  );
}

function EarlierStep({ entry }: { readonly entry: TimelineEntry }) {
  const zone = useZone();
  return (
    <li>
      <time className={styles.time}>{formatDate(entry.time, zone)} {formatClock(entry.time, zone, true)}</time> {entry.text}
      {entry.detail !== undefined && <span className={styles.detail}> {entry.detail}</span>}
    </li>
  );
}
