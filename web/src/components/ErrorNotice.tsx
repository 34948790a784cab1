import { IconAlertTriangle } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { describePlace, type ErrorPlace } from '../lib/errorPlace';
import styles from './ErrorNotice.module.css';

interface ErrorNoticeProps {
  /** An ApiError, or anything that was thrown. */
  readonly error: unknown;
  /** What was being done or still runs, before the error's own sentence: "Reload failed at 11:22:08." */
  readonly title?: ReactNode;
  /** Buttons: the fix, or trying again. */
  readonly actions?: ReactNode;
}

interface Told {
  readonly message: string;
  readonly cause?: string | undefined;
  readonly place?: ErrorPlace | undefined;
  readonly fix?: string | undefined;
}

/** What failed, in one sentence, with its place and fix: as big as what broke. The text of the part that failed is under Details, unchanged. */
export function ErrorNotice({ error, title, actions }: ErrorNoticeProps) {
  const told = read(error);
  const place = describePlace(told.place);
  const hasCause = told.cause !== undefined && told.cause !== told.message;
  return (
    <div className={styles.notice} role="alert">
      <IconAlertTriangle className={styles.icon} size={16} stroke={1.6} aria-hidden />
      <div className={styles.text}>
        <p>
          <strong className={styles.title}>{title ?? told.message}</strong>
          {title !== undefined && <span> {told.message}</span>}
          {place !== undefined && (
            <span className={styles.place}>
              {' '}
              <code>{place}</code>
            </span>
          )}
        </p>
        {told.fix !== undefined && <p>{told.fix}</p>}
        {hasCause && (
          <details className={styles.details}>
            <summary>Details</summary>
            <pre className={styles.cause}>{told.cause}</pre>
          </details>
        )}
        {actions !== undefined && <div className={styles.actions}>{actions}</div>}
      </div>
    </div>
  );
}

function read(error: unknown): Told {
  if (error instanceof Error) {
    const told = error as Error & Partial<Told>;
    return { message: error.message, cause: typeof told.cause === 'string' ? told.cause : undefined, place: told.place, fix: told.fix };
  }

  return { message: typeof error === 'string' ? error : 'Something failed without saying what.' };
}
