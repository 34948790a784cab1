import styles from './SeverityBadge.module.css';

/** A severity is a word, not a second system of colours: tinted only while the alert fires or pends. */
export function SeverityBadge({ severity, tint }: { readonly severity: string; readonly tint?: 'fire' | 'pend' | undefined }) {
  return (
    <span className={styles.badge} data-tint={tint}>
      {severity}
    </span>
  );
}
