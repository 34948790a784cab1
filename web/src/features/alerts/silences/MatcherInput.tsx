import { useEffect, useRef, useState } from 'react';
import { LabelChip } from '../../../components/LabelChip';
import { operatorOf, parseMatchers, type Matcher } from '../../../lib/matchers';
import styles from './SilenceForm.module.css';

interface MatcherInputProps {
  readonly matchers: readonly Matcher[];
  /** Takes the keys when it comes. */
  readonly isWanted?: boolean;
  onChange(matchers: readonly Matcher[]): void;
}

/** Matchers as chips, and a field for one more: Enter or a comma takes it, Backspace in the empty field takes the last one back. */
export function MatcherInput({ matchers, isWanted = false, onChange }: MatcherInputProps) {
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (isWanted) {
      input.current?.focus();
    }
  }, [isWanted]);
  const [text, setText] = useState('');
  const [error, setError] = useState<string | undefined>();
  const take = (): void => {
    if (text.trim() === '') {
      return;
    }

    const read = parseMatchers(text);
    if (read.error !== undefined || read.words.length > 0) {
      setError(read.error ?? 'A matcher is a label, an operator and a value: severity="critical".');
      return;
    }

    onChange([...matchers, ...read.matchers]);
    setText('');
    setError(undefined);
  };
  return (
    <div className={styles.matcherField}>
      <div className={styles.matchers}>
        {matchers.map((matcher, index) => (
          <LabelChip
            key={`${index} ${matcher.name}`} name={matcher.name} value={matcher.value} operator={operatorOf(matcher)}
            onRemove={() => onChange(matchers.filter((_, other) => other !== index))}
          />
        ))}
        <input
          ref={input}
          className={styles.matcherInput}
          aria-label="Add a matcher"
          placeholder="add a matcher"
          value={text}
          spellCheck={false}
          aria-invalid={error !== undefined}
          onChange={(event) => {
            setText(event.currentTarget.value);
            setError(undefined);
          }}
          onBlur={take}
          onKeyDown={(event) => {
            if (event.key === 'Enter' || (event.key === ',' && parseMatchers(text).error === undefined)) {
              event.preventDefault();
              take();
            } else if (event.key === 'Backspace' && text === '') {
              onChange(matchers.slice(0, -1));
            }
          }}
        />
      </div>
      {error !== undefined && <p className={styles.error} role="alert">{error}</p>}
    </div>
  );
}
