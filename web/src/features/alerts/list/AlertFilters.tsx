import { IconFilter } from '@tabler/icons-react';
import { useRef } from 'react';
import { StateMark } from '../../../components/StateMark';
import { formatCount } from '../../../lib/formatNumber';
import { keyText, useKey } from '../../../state/keys';
import styles from './AlertFilters.module.css';
import type { Shown } from './arrange';

interface AlertFiltersProps {
  readonly counts: Readonly<Record<Shown, number>> | undefined;
  readonly rules: number | undefined;
  readonly shown: Shown | 'rules' | undefined;
  readonly filter: string;
  readonly error?: string | undefined;
  onShow(shown: Shown | 'rules'): void;
  onFilter(text: string): void;
}

const states = ['firing', 'pending', 'silenced'] as const;
const words: Readonly<Record<Shown, string>> = { firing: 'Firing', pending: 'Pending', silenced: 'Silenced' };

/** Counts that filter, and the line of matchers. */
export function AlertFilters({ counts, rules, shown, filter, error, onShow, onFilter }: AlertFiltersProps) {
  const input = useRef<HTMLInputElement>(null);
  useKey('filter', () => input.current?.focus());
  return (
    <div className={styles.filters}>
      <div className={styles.counts} role="group" aria-label="Which alerts">
        {states.map((state) => (
          <button key={state} type="button" className={styles.count} data-state={state} aria-pressed={shown === state} data-off={(shown !== undefined && shown !== state) || undefined} onClick={() => onShow(state)}>
            <StateMark state={state} />
            {words[state]} <strong>{counts === undefined ? '–' : formatCount(counts[state])}</strong>
          </button>
        ))}
        <button type="button" className={styles.count} data-plain aria-pressed={shown === 'rules'} onClick={() => onShow('rules')}>
          Rules <strong>{rules === undefined ? '–' : formatCount(rules)}</strong>
        </button>
      </div>
      <label className={styles.field}>
        <IconFilter size={14} stroke={1.6} aria-hidden />
        <input
          ref={input}
          type="search"
          className={styles.input}
          aria-label="Filter by matchers or words"
          placeholder='severity="critical"'
          spellCheck={false}
          autoComplete="off"
          aria-invalid={error !== undefined}
          value={filter}
          onChange={(event) => onFilter(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key === 'Escape' || event.key === 'Enter') {
              event.currentTarget.blur();
              event.stopPropagation();
            }
          }}
        />
        <kbd className={styles.kbd} aria-hidden>{keyText('filter')}</kbd>
      </label>
      {error !== undefined && <p className={styles.error} role="status">{error}</p>}
    </div>
  );
}
