import { useState, type ReactNode } from 'react';
import type { Variable } from '../../../api/dashboards';
import styles from './VariableBar.module.css';
import { VariableSelect } from './VariableSelect';
import { VariableText } from './VariableText';

interface VariableBarProps {
  readonly variables: readonly Variable[];
  readonly onChange: (name: string, values: readonly string[]) => void;
  /** At the right: the toggles of what is marked in the graphs. */
  readonly children?: ReactNode;
}

const shownAtFirst = 5;

/** The variables of a dashboard as one bar; more than five are behind More. */
export function VariableBar({ variables, onChange, children }: VariableBarProps) {
  const [showsAll, setShowsAll] = useState(false);
  const chosen = variables.filter((variable) => variable.hide !== 2 && variable.type !== 'constant' && !(variable.type === 'datasource' && variable.options.length < 2));
  const shown = showsAll ? chosen : chosen.slice(0, shownAtFirst);
  return (
    <div className={styles.bar}>
      {shown.map((variable) => (variable.type === 'textbox'
        ? <VariableText key={variable.name} variable={variable} onChange={(values) => { onChange(variable.name, values); }} />
        : <VariableSelect key={variable.name} variable={variable} onChange={(values) => { onChange(variable.name, values); }} />))}
      {chosen.length > shownAtFirst && (
        <button type="button" className={styles.button} aria-expanded={showsAll} onClick={() => { setShowsAll(!showsAll); }}>
          {showsAll ? 'Less' : `More ${chosen.length - shownAtFirst}`}
        </button>
      )}
      <span className={styles.spacer} />
      {children}
    </div>
  );
}
