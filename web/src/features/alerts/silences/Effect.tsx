import type { UseQueryResult } from '@tanstack/react-query';
import type { Alert } from '../../../api/alerts';
import type { ApiError } from '../../../api/apiError';
import type { SilencePreview } from '../../../api/silences';
import { StateMark } from '../../../components/StateMark';
import { plural } from '../../../lib/plural';
import styles from './SilenceForm.module.css';

/** Shown of a broad silence; the rest is counted. */
const mostListed = 50;
/** The server answers no more of them. */
const mostAnswered = 1000;

interface EffectProps {
  readonly preview: UseQueryResult<SilencePreview, ApiError>;
  /** It shows the list of what it hides. */
  readonly isBroad: boolean;
  /** The answer is for an earlier text. */
  readonly isStale: boolean;
}

/** What a silence would hide now, what it would have kept back in the last week, and what stays visible. */
export function Effect({ preview: { data, error, isFetching }, isBroad, isStale }: EffectProps) {
  if (error !== null && !isStale) {
    return <p className={styles.error} role="alert">{error.cause ?? error.message}</p>;
  }

  if (data === undefined) {
    return <p className={styles.effect}>{isFetching ? '…' : 'With a matcher it says here what it would hide.'}</p>;
  }

  return (
    <div className={styles.effect} data-stale={isStale || undefined}>
      <p aria-live="polite">
        <strong>Hides {data.limited !== undefined && data.hides.length >= mostAnswered ? 'at least ' : ''}{plural(data.hides.length, 'alert')} now.</strong> In the last 7 days it would have hidden {plural(data.messagesLastWeek, 'message')}. {staysVisible(data.keeps)}
      </p>
      {isBroad && data.hides.length > 0 && (
        <ul className={styles.hidden} aria-label="Alerts it hides">
          {data.hides.slice(0, mostListed).map((alert) => (
            <li key={alert.fingerprint}>
              <StateMark state={alert.state} label={alert.state} /> <strong>{alert.name}</strong> {alert.sentence}
            </li>
          ))}
          {data.hides.length > mostListed && <li>and {plural(data.hides.length - mostListed, 'more alert')}</li>}
        </ul>
      )}
    </div>
  );
}

/** "FlaskAppDown and SlowResponseTime stay visible." */
export function staysVisible(keeps: readonly Alert[]): string {
  const names = [...new Set(keeps.map((alert) => alert.name))];
  switch (names.length) {
    case 0:
      return '';
    case 1:
      return `${names[0] ?? ''} stays visible.`;
    case 2:
      return `${names.join(' and ')} stay visible.`;
    default:
      return `${names.slice(0, 2).join(', ')} and ${names.length - 2} more stay visible.`;
  }
}
