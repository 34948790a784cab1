import { useState, type KeyboardEvent } from 'react';
import type { Variable } from '../../../api/dashboards';
import styles from './VariableBar.module.css';

interface VariableTextProps {
  readonly variable: Variable;
  readonly onChange: (values: readonly string[]) => void;
}

/** A variable that is typed: it counts with Enter, or when the field is left. */
export function VariableText({ variable, onChange }: VariableTextProps) {
  const current = variable.current.values[0] ?? '';
  const [draft, setDraft] = useState(current);
  const [shown, setShown] = useState(current);
  if (shown !== current) {
    setShown(current);
    setDraft(current);
  }
  const commit = () => {
    if (draft !== current) {
      onChange([draft]);
    }
  };
  return (
    <label className={styles.field}>
      <span className={styles.label}>{variable.label === undefined || variable.label === '' ? variable.name : variable.label}</span>
      <input
        value={draft} onChange={(event) => { setDraft(event.currentTarget.value); }} onBlur={commit}
        onKeyDown={(event: KeyboardEvent) => { if (event.key === 'Enter') { commit(); } }}
      />
    </label>
  );
}
