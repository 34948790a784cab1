import { useEffect, useRef, useSyncExternalStore } from 'react';
import { keyTable, type KeyEntry, type KeyId } from './keyTable';
import { getSettings } from './settings';

interface Handler {
  readonly id: KeyId;
  readonly run: () => void;
}

// The last one that was mounted is the topmost thing.
let handlers: readonly Handler[] = [];
const listeners = new Set<() => void>();
let prefix: { readonly key: string; readonly at: number } | undefined;

const prefixMs = 1500;
const names: Readonly<Record<string, string>> = { ArrowLeft: '←', ArrowRight: '→', ArrowUp: '↑', ArrowDown: '↓', Escape: 'Esc', ' ': 'Space' };

/** Handles a shortcut while the component is mounted and `active`. Of several handlers of one key the last that was mounted counts. */
export function useKey(id: KeyId, run: () => void, active = true): void {
  const latest = useRef(run);
  useEffect(() => {
    latest.current = run;
  });
  useEffect(() => {
    if (!active) {
      return undefined;
    }

    const handler: Handler = { id, run: () => latest.current() };
    change([...handlers, handler]);
    return () => change(handlers.filter((one) => one !== handler));
  }, [id, active]);
}

/** How a shortcut is written beside a button. */
export function keyText(id: KeyId): string {
  return keyTable[id].keys;
}

/** What can be pressed now, in the order of the table: for the list of all keys. */
export function useActiveKeys(): readonly KeyEntry[] {
  const current = useSyncExternalStore(subscribe, () => handlers);
  const active = new Set<string>(current.map((handler) => handler.id));
  return Object.entries(keyTable).flatMap(([id, entry]) => (active.has(id) ? [entry] : []));
}

/** Whether typed letters belong to an element: then only keys with Ctrl and Esc are shortcuts. */
export function takesText(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) {
    return false;
  }

  return target.isContentEditable || target.tagName === 'TEXTAREA' || target.tagName === 'SELECT' || (target instanceof HTMLInputElement && !/^(checkbox|radio|button|range)$/.test(target.type));
}

/** Runs what a key press means; answers whether it meant anything. */
export function handleKey(event: KeyboardEvent): boolean {
  if (event.defaultPrevented || event.isComposing || event.key === 'Control' || event.key === 'Shift' || event.key === 'Meta') {
    return false;
  }

  const pressed = describe(event);
  const before = prefix !== undefined && event.timeStamp - prefix.at < prefixMs ? `${prefix.key} ` : '';
  prefix = undefined;
  const isCombined = event.ctrlKey || event.metaKey || event.key === 'Escape' || pressed === 'Ctrl Enter';
  if (!isCombined && (takesText(event.target) || event.altKey || !getSettings().singleKeys)) {
    return false;
  }

  // A button or link that has focus is pressed with Enter itself.
  if (event.key === 'Enter' && !isCombined && event.target instanceof HTMLElement && event.target.closest('button, a, summary') !== null) {
    return false;
  }

  const handler = find(before + pressed) ?? (before === '' ? undefined : find(pressed));
  if (handler !== undefined) {
    event.preventDefault();
    handler.run();
    return true;
  }

  if (handlers.some((one) => keyTable[one.id].keys.startsWith(`${pressed} `)) && pressed.length === 1) {
    prefix = { key: pressed, at: event.timeStamp };
  }

  return false;
}

/** Listens while the frame is there. */
export function useKeyListener(): void {
  useEffect(() => {
    const listen = (event: KeyboardEvent): void => {
      handleKey(event);
    };
    window.addEventListener('keydown', listen);
    return () => window.removeEventListener('keydown', listen);
  }, []);
}

function describe(event: KeyboardEvent): string {
  const key = names[event.key] ?? (event.key.length === 1 && (event.ctrlKey || event.metaKey) ? event.key.toUpperCase() : event.key);
  const modifier = event.ctrlKey || event.metaKey ? 'Ctrl ' : event.shiftKey && (key.startsWith('←') || key.startsWith('→')) ? 'Shift ' : '';
  return modifier + key;
}

function find(keys: string): Handler | undefined {
  return handlers.findLast((handler) => keyTable[handler.id].keys.split(' or ').includes(keys));
}

function change(next: readonly Handler[]): void {
  handlers = next;
  for (const listener of listeners) {
    listener();
  }
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
}
