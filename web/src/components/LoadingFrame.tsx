import { TopLine } from './TopLine';
import styles from './LoadingFrame.module.css';

/** The room of what is loading the first time: final size, grid lines, and after 300 ms a line along the top. */
export function LoadingFrame({ height = 160, label }: { readonly height?: number; readonly label?: string }) {
  return (
    <div className={styles.frame} style={{ height }} role="status" aria-busy aria-label={label ?? 'Loading'}>
      <TopLine active />
    </div>
  );
}
