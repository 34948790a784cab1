import { cutMiddle } from '../../lib/cutMiddle';
import type { ToldStep } from './relabelSteps';
import styles from './RelabelTrail.module.css';

/** Each relabelling step in its order: what it does, what it did, and where the target was dropped. */
export function RelabelTrail({ steps }: { readonly steps: readonly ToldStep[] }) {
  return steps.length === 0 ? (
    <p className={styles.none}>This pool has no relabelling: labels stay as they were discovered.</p>
  ) : (
    <section>
      <h3 className={styles.title}>Relabelling</h3>
      <ol className={styles.trail}>
        {steps.map((step) => (
          <li key={step.number} className={styles.step} data-state={step.state}>
            <span className={styles.number} aria-hidden>{step.number}</span>
            <div className={styles.text}>
              <code className={styles.action} title={step.subject}>
                <strong>{step.action}</strong> {cutMiddle(step.subject, 40)}
              </code>
              {step.state === 'dropped' ? (
                <dl className={styles.compared}>
                  <dt>value</dt>
                  <dd data-part="value">{JSON.stringify(step.value ?? '')}</dd>
                  <dt>regex</dt>
                  <dd data-part="regex">{step.regex}</dd>
                </dl>
              ) : <p className={styles.effect}>{step.effect}</p>}
            </div>
          </li>
        ))}
      </ol>
    </section>
  );
}
