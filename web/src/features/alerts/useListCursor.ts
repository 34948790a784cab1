import { useState } from 'react';
import { useKey } from '../../state/keys';

/** `j` and `k` move through rows, Enter opens. Answers the key of the current row. */
export function useListCursor(keys: readonly string[], start: string | undefined, onOpen: (key: string) => void): string | undefined {
  const [moved, setMoved] = useState<string | undefined>();
  const current = moved !== undefined && keys.includes(moved) ? moved : undefined;
  const at = keys.indexOf(current ?? start ?? '');
  const move = (to: number): void => setMoved(keys[Math.max(0, Math.min(keys.length - 1, to))]);
  useKey('next', () => move(at + 1), keys.length > 0);
  useKey('previous', () => move(at < 0 ? 0 : at - 1), keys.length > 0);
  useKey('open', () => {
    if (current !== undefined) {
      onOpen(current);
    }
  }, current !== undefined);
  return current;
}
