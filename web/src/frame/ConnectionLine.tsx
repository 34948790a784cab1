import type { Connection } from '../api/events';
import styles from './ConnectionLine.module.css';

/** The connection is lost: one line, never a dialog. What was read stays. */
export function ConnectionLine({ connection }: { readonly connection: Connection }) {
  return (
    <div role="status">
      {connection === 'lost' && (
        <p className={styles.line}>
          Pharos does not answer. What is shown is the last that came.{' '}
          <button type="button" className={styles.again} onClick={() => window.location.reload()}>
            Try now
          </button>
        </p>
      )}
    </div>
  );
}
