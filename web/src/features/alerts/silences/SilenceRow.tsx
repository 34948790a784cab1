import type { Silence } from '../../../api/silences';
import { LabelChip } from '../../../components/LabelChip';
import { StateMark } from '../../../components/StateMark';
import { operatorOf } from '../../../lib/matchers';
import { useZone } from '../../../state/zone';
import { silenceSentence } from './silenceSentence';
import styles from './SilenceRow.module.css';

interface SilenceRowProps {
  readonly silence: Silence;
  readonly now: number;
  readonly isCurrent: boolean;
  readonly isOpened: boolean;
  onOpen(id: string): void;
}

/** Matchers, comment, who and until when. */
export function SilenceRow({ silence, now, isCurrent, isOpened, onOpen }: SilenceRowProps) {
  const zone = useZone();
  return (
    <li>
      <button type="button" className={styles.row} data-current={isCurrent || undefined} aria-current={isOpened ? 'true' : undefined} onClick={() => onOpen(silence.id)}>
        <StateMark state={silence.status.state === 'active' ? 'silenced' : silence.status.state === 'pending' ? 'pending' : 'off'} label={silence.status.state} />
        <span className={styles.text}>
          <span className={styles.matchers}>
            {silence.matchers.map((matcher, index) => <LabelChip key={`${index} ${matcher.name}`} name={matcher.name} value={matcher.value} operator={operatorOf(matcher)} />)}
          </span>
          <span className={styles.sentence}>{silenceSentence(silence, now, zone)}{silence.comment === '' ? '' : `: “${silence.comment}”`}</span>
        </span>
      </button>
    </li>
  );
}
