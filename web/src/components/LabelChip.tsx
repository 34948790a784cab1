import { cutMiddle } from '../lib/cutMiddle';
import styles from './LabelChip.module.css';

interface LabelChipProps {
  readonly name: string;
  readonly value: string;
  /** As matchers have it; `=` for a label. */
  readonly operator?: string;
  readonly onRemove?: () => void;
}

/** A label or matcher: the value is what differs, so it stands out. */
export function LabelChip({ name, value, operator = '=', onRemove }: LabelChipProps) {
  return (
    <span className={styles.chip} title={`${name}${operator}"${value}"`}>
      <span className={styles.name}>
        {name}
        {operator}
      </span>
      <span className={styles.value}>{cutMiddle(value, 44)}</span>
      {onRemove !== undefined && (
        <button type="button" className={styles.remove} aria-label={`Remove ${name}`} onClick={onRemove}>
          ×
        </button>
      )}
    </span>
  );
}
