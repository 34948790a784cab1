import { useSyncExternalStore } from 'react';

/** What somebody chose for this browser. Never in an address, never a secret. */
export interface Settings {
  readonly theme: 'auto' | 'light' | 'dark';
  readonly density: 'normal' | 'compact';
  /** An IANA name, `browser`, or undefined for the server's. */
  readonly zone?: string | undefined;
  readonly railCollapsed: boolean;
  readonly singleKeys: boolean;
  readonly pinned: readonly PinnedDashboard[];
  readonly lastRanges: readonly string[];
  /** How often something was jumped to, by its address. */
  readonly jumps: Readonly<Record<string, number>>;
  /** PromQL that was run, the newest first. */
  readonly queries: readonly string[];
}

export interface PinnedDashboard {
  readonly uid: string;
  readonly title: string;
  readonly path: string;
}

/** The script in index.html reads it too, before the first paint. */
export const settingsKey = 'pharos.settings';

export const maxPinned = 8;

const defaults: Settings = { theme: 'auto', density: 'normal', railCollapsed: false, singleKeys: true, pinned: [], lastRanges: [], jumps: {}, queries: [] };

let current: Settings | undefined;
const listeners = new Set<() => void>();

function load(): Settings {
  try {
    const saved: unknown = JSON.parse(localStorage.getItem(settingsKey) ?? '{}');
    return typeof saved === 'object' && saved !== null ? { ...defaults, ...saved } : defaults;
  } catch {
    // Written by another version, or storage is forbidden: the defaults serve.
    return defaults;
  }
}

export function getSettings(): Settings {
  current ??= load();
  return current;
}

export function changeSettings(change: Partial<Settings>): void {
  current = { ...getSettings(), ...change };
  try {
    localStorage.setItem(settingsKey, JSON.stringify(current));
  } catch {
    // Storage is full or forbidden: the choice holds until the page is left.
    current = { ...current };
  }

  for (const listener of listeners) {
    listener();
  }
}

export function useSettings(): Settings {
  return useSyncExternalStore(subscribe, getSettings);
}

export function togglePinned(dashboard: PinnedDashboard): void {
  const { pinned } = getSettings();
  const without = pinned.filter((one) => one.uid !== dashboard.uid);
  changeSettings({ pinned: without.length < pinned.length ? without : [...pinned, dashboard].slice(-maxPinned) });
}

/** Counts a jump, so that what is used often comes first. */
export function countJump(path: string): void {
  const { jumps } = getSettings();
  const most = Object.entries({ ...jumps, [path]: (jumps[path] ?? 0) + 1 }).sort((left, right) => right[1] - left[1]);
  changeSettings({ jumps: Object.fromEntries(most.slice(0, 100)) });
}

const maxQueries = 50;

/** Remembers queries that were run; one that was run before moves to the front. */
export function rememberQueries(run: readonly string[]): void {
  const { queries } = getSettings();
  const next = [...new Set([...run, ...queries])].slice(0, maxQueries);
  if (next.join('\n') !== queries.join('\n')) {
    changeSettings({ queries: next });
  }
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  window.addEventListener('storage', onStorage);
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) {
      window.removeEventListener('storage', onStorage);
    }
  };
}

// Another tab changed them.
function onStorage(event: StorageEvent): void {
  if (event.key === settingsKey) {
    current = undefined;
    for (const listener of listeners) {
      listener();
    }
  }
}

/** Forgets what was read, as a new page load does. For tests. */
export function forgetSettings(): void {
  current = undefined;
}
