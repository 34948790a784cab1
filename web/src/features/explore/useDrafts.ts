import { useState } from 'react';
import { useSearchParams } from 'react-router-dom';
import { rememberQueries } from '../../state/settings';
import { useTimeRange } from '../../state/timeRange';
import { letterOf, readQueries, withQueries } from './exploreParams';

export interface Draft {
  /** Stays while it moves. */
  readonly id: number;
  readonly letter: string;
  readonly text: string;
  readonly isOn: boolean;
}

export interface Drafts {
  readonly drafts: readonly Draft[];
  change(id: number, text: string): void;
  add(): void;
  /** Adds a query with a text, and runs all. */
  ask(text: string): void;
  /** Takes it out, or empties the last one; what is left is run. */
  remove(id: number): void;
  toggle(id: number): void;
  /** Runs all, one of them with another text when given. */
  run(id?: number, text?: string): void;
}

interface Written {
  readonly id: number;
  readonly text: string;
  readonly isOn: boolean;
}

/** What is being written, apart from what was run: the address has the queries that were run, and wins when it changes. */
export function useDrafts(onRepeat: () => void): Drafts {
  const [params, setParams] = useSearchParams();
  const { refresh, isRelative } = useTimeRange();
  const address = addressOf(params);
  const [state, setState] = useState(() => ({ address, written: fromAddress(params), nextId: 100 }));
  if (state.address !== address) {
    // A link, or back: another page's worth of queries.
    setState({ address, written: fromAddress(params), nextId: state.nextId });
  }

  const { written } = state;
  const commit = (queries: readonly Written[]): void => {
    const next = withQueries(params, queries.map(({ text, isOn }) => ({ expr: text, isOn })));
    const nextAddress = addressOf(next);
    setState({ address: nextAddress, written: settle(queries), nextId: state.nextId + 1 });
    if (nextAddress !== address) {
      setParams(next);
    }
  };
  return {
    drafts: written.map((draft, index) => ({ ...draft, letter: letterOf(index) })),
    change: (id, text) => setState((old) => ({ ...old, written: old.written.map((draft) => (draft.id === id ? { ...draft, text } : draft)) })),
    add: () => setState((old) => ({ ...old, written: [...old.written, { id: old.nextId, text: '', isOn: true }], nextId: old.nextId + 1 })),
    ask: (text) => commit([...written, { id: state.nextId, text, isOn: true }]),
    remove: (id) => commit(written.length === 1 ? written.map((draft) => ({ ...draft, text: '' })) : written.filter((draft) => draft.id !== id)),
    toggle: (id) => commit(written.map((draft) => (draft.id === id ? { ...draft, isOn: !draft.isOn } : draft))),
    run: (id, text) => {
      const queries = written.map((draft) => (draft.id === id && text !== undefined ? { ...draft, text } : draft));
      rememberQueries(queries.map((draft) => draft.text.trim()).filter((expr) => expr !== ''));
      const isSame = addressOf(withQueries(params, queries.map((draft) => ({ expr: draft.text, isOn: draft.isOn })))) === address;
      commit(queries);
      if (isSame && isRelative) {
        refresh();
      } else if (isSame) {
        onRepeat();
      }
    },
  };
}

function addressOf(params: URLSearchParams): string {
  return JSON.stringify([params.getAll('q'), params.getAll('off')]);
}

function fromAddress(params: URLSearchParams): readonly Written[] {
  const queries = readQueries(params);
  return queries.length === 0 ? [{ id: 0, text: '', isOn: true }] : queries.map(({ expr, isOn }, id) => ({ id, text: expr, isOn }));
}

// The letters are those of the address, where empty ones do not stand: they go to the end.
function settle(queries: readonly Written[]): readonly Written[] {
  const full = queries.filter(({ text }) => text.trim() !== '');
  const empty = queries.filter(({ text }) => text.trim() === '');
  return full.length === 0 ? empty.slice(0, 1) : [...full, ...empty];
}
