import type { AlertCardAnswer } from '../../../api/alerts';
import { describeTime, formatClock, formatDate } from '../../../lib/formatTime';
import { plural } from '../../../lib/plural';
import { useZone } from '../../../state/zone';
import { episodeOf, mergedSteps, type Step } from './evidence';
import styles from './Story.module.css';

/** As many steps as stand beside each other; more go into "earlier". */
const mostSteps = 8;

/** What happened to the alert, in the order of time, and what comes next. */
export function Story({ card: { alert, timeline }, now }: { readonly card: AlertCardAnswer; readonly now: number }) {
  const { current, earlier } = episodeOf(timeline, alert.since);
  const steps = mergedSteps(current);
  const before = [...mergedSteps(earlier), ...steps.slice(0, -mostSteps)];
  return (
    <section aria-label="What was done">
      <h3 className={styles.title}>What was done</h3>
      <ol className={styles.steps}>
        {steps.slice(-mostSteps).map((step, index) => <StepOfStory key={`${step.time} ${step.kind} ${index}`} step={step} now={now} />)}
      </ol>
      {before.length > 0 && (
        <details className={styles.earlier}>
          <summary>Earlier: {plural(before.length, 'entry', 'entries')}</summary>
          <ol className={styles.list}>
            {before.map((step, index) => <EarlierStep key={`${step.time} ${step.kind} ${index}`} step={step} />)}
          </ol>
        </details>
      )}
    </section>
  );
}

function StepOfStory({ step: { kind, time, texts, detail }, now }: { readonly step: Step; readonly now: number }) {
  const zone = useZone();
  return (
    <li className={styles.step} data-kind={kind}>
      <span className={styles.mark} aria-hidden />
      <span className={styles.texts}>
        {texts.map((text) => <span key={text} className={styles.text}>{text}</span>)}
      </span>
      <time className={styles.time} title={describeTime(time, now, zone)}>{formatClock(time, zone, true)}</time>
      {detail !== undefined && <span className={styles.detail}>{detail}</span>}
    </li>
  );
}

function EarlierStep({ step: { time, texts, detail } }: { readonly step: Step }) {
  const zone = useZone();
  return (
    <li>
      <time className={styles.time}>{formatDate(time, zone)} {formatClock(time, zone, true)}</time> {texts.join(', ')}
      {detail !== undefined && <span className={styles.detail}> {detail}</span>}
    </li>
  );
}
