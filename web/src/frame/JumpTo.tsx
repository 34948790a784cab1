import { Modal } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useId, useMemo, useState, type KeyboardEvent } from 'react';
import { useNavigate } from 'react-router-dom';
import { useJumpTargets } from '../api/jumpTargets';
import { rankMatches } from '../lib/rankMatches';
import { changeSettings, countJump, useSettings } from '../state/settings';
import styles from './JumpTo.module.css';
import { isWithin, type PageRoute } from './pages';

interface JumpToProps {
  readonly pages: readonly PageRoute[];
  readonly opened: boolean;
  onClose(): void;
  onKeys(): void;
}

interface Choice {
  readonly id: string;
  readonly kind: string;
  readonly text: string;
  readonly uses: number;
  run(): void;
}

const mostShown = 50;

/** Pages, dashboards, metrics, rules, targets and actions in one list, ranked by what is typed and by use. */
export function JumpTo({ opened, onClose, ...rest }: JumpToProps) {
  return (
    <Modal opened={opened} onClose={onClose} withCloseButton={false} padding={0} size={560} yOffset="12vh" centered={false}>
      {opened && <JumpList {...rest} onClose={onClose} />}
    </Modal>
  );
}

function JumpList({ pages, onClose, onKeys }: Omit<JumpToProps, 'opened'>) {
  const [typed, setTyped] = useState('');
  const [chosen, setChosen] = useState(0);
  const listId = useId();
  const choices = useChoices(pages, onKeys);
  const found = useMemo(() => rankMatches(choices, typed, mostShown), [choices, typed]);
  const current = Math.min(chosen, found.length - 1);

  function take(choice: Choice | undefined): void {
    if (choice !== undefined) {
      countJump(choice.id);
      onClose();
      choice.run();
    }
  }

  function onKeyDown(event: KeyboardEvent): void {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step !== 0) {
      event.preventDefault();
      const next = Math.min(Math.max(current + step, 0), found.length - 1);
      setChosen(next);
      document.getElementById(`${listId}-${next}`)?.scrollIntoView({ block: 'nearest' });
    } else if (event.key === 'Enter') {
      event.preventDefault();
      take(found[current]);
    }
  }

  return (
    <div className={styles.jump}>
      <div className={styles.field}>
        <IconSearch size={16} stroke={1.6} aria-hidden />
        <input
          className={styles.input}
          role="combobox"
          aria-label="Jump to"
          aria-expanded
          aria-controls={listId}
          aria-activedescendant={found.length === 0 ? undefined : `${listId}-${current}`}
          placeholder="Page, dashboard, metric, rule, target or action"
          value={typed}
          data-autofocus
          onChange={(event) => {
            setTyped(event.currentTarget.value);
            setChosen(0);
          }}
          onKeyDown={onKeyDown}
        />
      </div>
      <ul className={styles.list} id={listId} role="listbox" aria-label="What to jump to">
        {found.map((choice, index) => (
          <li
            key={choice.id}
            id={`${listId}-${index}`}
            className={styles.choice}
            role="option"
            aria-selected={index === current}
            onMouseMove={() => setChosen(index)}
            onClick={() => take(choice)}
          >
            <span className={styles.text}>{choice.text}</span>
            <span className={styles.kind}>{choice.kind}</span>
          </li>
        ))}
      </ul>
      {found.length === 0 && <p className={styles.none}>Nothing has “{typed}” in its name.</p>}
    </div>
  );
}

function useChoices(pages: readonly PageRoute[], onKeys: () => void): readonly Choice[] {
  const { jumps, railCollapsed } = useSettings();
  const navigate = useNavigate();
  const targets = useJumpTargets(true);
  return useMemo(() => {
    const make = (kind: string, text: string, id: string, run: () => void): Choice => ({ kind, text, id, run, uses: jumps[id] ?? 0 });
    const go = (path: string) => () => void navigate(path);
    const places = pages.flatMap(({ place, paths: [path] }) => (place === undefined ? [] : [{ place, path }]));
    // Only what has a page to show it.
    const reachable = targets.filter(({ path }) => places.some(({ place }) => isWithin(place, path.split('?')[0] ?? '')));
    const things = reachable.map((target) => make(target.kind, target.text, target.path, go(target.path)));
    return [
      ...places.map(({ place, path }) => make('page', place.name, path, go(path))),
      ...things.filter(({ kind }) => kind === 'dashboard'),
      make('action', 'Light colours', 'action:light', () => changeSettings({ theme: 'light' })),
      make('action', 'Dark colours', 'action:dark', () => changeSettings({ theme: 'dark' })),
      make('action', 'Colours as the system', 'action:auto', () => changeSettings({ theme: 'auto' })),
      make('action', 'Compact rows', 'action:compact', () => changeSettings({ density: 'compact' })),
      make('action', 'Normal rows', 'action:normal', () => changeSettings({ density: 'normal' })),
      make('action', railCollapsed ? 'Widen the rail' : 'Narrow the rail', 'action:rail', () => changeSettings({ railCollapsed: !railCollapsed })),
      make('action', 'All keys', 'action:keys', onKeys),
      ...things.filter(({ kind }) => kind !== 'dashboard'),
    ];
  }, [pages, jumps, railCollapsed, navigate, targets, onKeys]);
}
