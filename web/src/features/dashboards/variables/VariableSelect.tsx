import { Popover } from '@mantine/core';
import { IconCheck, IconChevronDown } from '@tabler/icons-react';
import { useState, type KeyboardEvent } from 'react';
import type { Variable } from '../../../api/dashboards';
import { allValue, chosenText, toggledValues } from './variableParams';
import styles from './VariableBar.module.css';

interface VariableSelectProps {
  readonly variable: Variable;
  readonly onChange: (values: readonly string[]) => void;
}

const mostShown = 300;

/** A variable with options: typing filters, one click chooses; of several values the choice is done when the list closes. */
export function VariableSelect({ variable, onChange }: VariableSelectProps) {
  const [opened, setOpened] = useState(false);
  const [draft, setDraft] = useState<readonly string[]>(variable.current.values);
  const [filter, setFilter] = useState('');
  const label = variable.label === undefined || variable.label === '' ? variable.name : variable.label;
  const { text, count } = chosenText(variable);

  const open = () => {
    setDraft(variable.current.values);
    setFilter('');
    setOpened(true);
  };
  const close = () => {
    setOpened(false);
    if (variable.multi && draft.length > 0 && draft.join('\u0000') !== variable.current.values.join('\u0000')) {
      onChange(draft);
    }
  };
  const choose = (value: string) => {
    if (variable.multi) {
      setDraft(toggledValues(variable, draft, value));
    } else {
      setOpened(false);
      onChange([value]);
    }
  };
  return (
    <Popover opened={opened} onChange={(next) => { if (!next) { close(); } }} position="bottom-start" width={280} trapFocus returnFocus>
      <Popover.Target>
        <button type="button" className={styles.button} data-error={variable.error !== undefined} aria-label={[label, text, count].filter((part) => part !== undefined).join(' ')} aria-haspopup="listbox" aria-expanded={opened} onClick={() => { if (opened) { close(); } else { open(); } }}>
          <span className={styles.label}>{label}</span>{' '}
          <span className={styles.value}>{text} {count !== undefined && <span className={styles.count}>{count}</span>}</span>
          <IconChevronDown size={14} stroke={1.6} aria-hidden />
        </button>
      </Popover.Target>
      <Popover.Dropdown p={8}>
        <OptionList variable={variable} chosen={draft} filter={filter} onFilter={setFilter} onChoose={choose} onDone={close} />
      </Popover.Dropdown>
    </Popover>
  );
}

interface OptionListProps {
  readonly variable: Variable;
  readonly chosen: readonly string[];
  readonly filter: string;
  readonly onFilter: (filter: string) => void;
  readonly onChoose: (value: string) => void;
  readonly onDone: () => void;
}

function OptionList({ variable, chosen, filter, onFilter, onChoose, onDone }: OptionListProps) {
  const hasAll = variable.options.some(({ value }) => value === allValue);
  const options = variable.includeAll && !hasAll ? [{ text: 'All', value: allValue }, ...variable.options] : variable.options;
  const wanted = filter.toLowerCase();
  const found = options.filter((option) => option.text.toLowerCase().includes(wanted));
  const error = typeof variable.error === 'string' ? variable.error : variable.error?.message;
  const onKeyDown = (event: KeyboardEvent) => {
    const [first] = found;
    if (event.key === 'Enter' && first !== undefined) {
      event.preventDefault();
      onChoose(first.value);
      if (variable.multi) {
        onDone();
      }
    }
  };
  return (
    <>
      <input className={styles.filter} value={filter} placeholder="Filter" aria-label={`Filter ${variable.name}`} data-autofocus onChange={(event) => { onFilter(event.currentTarget.value); }} onKeyDown={onKeyDown} />
      {error !== undefined && <div className={styles.error} role="alert">{error}</div>}
      <ul className={styles.options} role="listbox" aria-label={variable.name} aria-multiselectable={variable.multi}>
        {found.slice(0, mostShown).map(({ text, value }) => (
          <li key={value} role="presentation">
            <button type="button" role="option" className={styles.option} aria-selected={chosen.includes(value)} onClick={() => { onChoose(value); }}>
              <span className={styles.check}>{chosen.includes(value) && <IconCheck size={14} stroke={2} aria-hidden />}</span>
              {text === '' ? '(empty)' : text}
            </button>
          </li>
        ))}
      </ul>
      {found.length === 0 && error === undefined && <div className={styles.note}>{variable.options.length === 0 ? 'No values' : 'Nothing matches'}</div>}
      {found.length > mostShown && <div className={styles.note}>{`first ${mostShown} of ${found.length.toLocaleString('en')}, type to find the others`}</div>}
      {variable.limited !== undefined && <div className={styles.note}>{`${variable.limited.shown.toLocaleString('en')} of ${variable.limited.total.toLocaleString('en')} values`}</div>}
    </>
  );
}
