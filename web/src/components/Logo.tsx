import styles from './Logo.module.css';

/** The lighthouse: decorative beside the word. */
export function Logo({ size = 20 }: { readonly size?: number }) {
  return (
    <svg className={styles.logo} width={size} height={size} viewBox="0 0 20 20" aria-hidden>
      <path className={styles.beam} d="M1 3.6 7.4 6v3L1 10.6z" />
      <path className={styles.beam} d="M19 3.6 12.6 6v3l6.4 1.6z" />
      <circle className={styles.tower} cx="10" cy="6.9" r="2.5" />
      <path className={styles.tower} d="M8.4 10.4h3.2L12.9 18H7.1z" />
    </svg>
  );
}
