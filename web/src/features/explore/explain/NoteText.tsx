import { Button } from '@mantine/core';
import { IconAlertTriangle, IconInfoCircle } from '@tabler/icons-react';
import type { ExplanationNote } from '../../../api/explain';
import type { NoteAction } from './noteActions';
import styles from './NoteText.module.css';

interface NoteTextProps {
  readonly note: ExplanationNote;
  readonly actions: readonly NoteAction[];
  onAct(action: NoteAction): void;
}

/** A note as a sentence, with what can be done about it. What only is good to know is quieter than a cause. */
export function NoteText({ note, actions, onAct }: NoteTextProps) {
  const isLoud = note.cause === true || note.kind === 'lostSeries';
  return (
    <div className={styles.note} data-state={isLoud ? 'warning' : 'info'}>
      {isLoud ? <IconAlertTriangle size={14} stroke={1.6} aria-hidden /> : <IconInfoCircle size={14} stroke={1.6} aria-hidden />}
      <div className={styles.body}>
        <p>{note.text}</p>
        {actions.length > 0 && (
          <div className={styles.actions}>
            {actions.map((action) => (
              <Button key={action.label} size="xs" variant="default" onClick={() => onAct(action)}>{action.isCode ? <code>{action.label}</code> : action.label}</Button>
            ))}
          </div>
        )}
      </div>
    </div>
  );
}
