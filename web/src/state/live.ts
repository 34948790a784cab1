import { useEffect, useSyncExternalStore } from 'react';
import { refreshNow } from './clock';

/** Why Live stands still although it is on. */
export type Pause = 'hidden' | 'selection' | 'tooltip' | 'absolute';

const reasons: Readonly<Record<Pause, string>> = {
  hidden: 'the tab is hidden',
  selection: 'text is selected',
  tooltip: 'a tooltip is kept',
  absolute: 'the range does not end now',
};

/** Never faster, whatever the scrape interval. */
export const smallestStepMs = 5000;

interface LiveState {
  readonly on: boolean;
  readonly pauses: ReadonlySet<Pause>;
}

let state: LiveState = { on: true, pauses: new Set() };
const listeners = new Set<() => void>();

export function toggleLive(): void {
  set({ ...state, on: !state.on });
}

/** Holds Live, or lets it go. */
export function pauseLive(reason: Pause, paused: boolean): void {
  if (state.pauses.has(reason) !== paused) {
    const pauses = new Set(state.pauses);
    if (paused) {
      pauses.add(reason);
    } else {
      pauses.delete(reason);
    }

    set({ ...state, pauses });
  }
}

export interface Live {
  readonly on: boolean;
  /** What holds it, as words; undefined while it moves. */
  readonly pausedBy: string | undefined;
}

export function useLiveState(): Live {
  const { on, pauses } = useSyncExternalStore(subscribe, () => state);
  const [first] = pauses;
  return { on, pausedBy: on && first !== undefined ? reasons[first] : undefined };
}

/** Moves `now` while Live is on and nothing holds it; at once when the last hold goes. Used once a page, by the range control. */
export function useLiveTicks(stepMs: number, isRelative: boolean): void {
  const { on, pausedBy } = useLiveState();
  useEffect(() => {
    pauseLive('absolute', !isRelative);
    return () => pauseLive('absolute', false);
  }, [isRelative]);
  useEffect(() => {
    const watch = (): void => {
      pauseLive('hidden', document.hidden);
      pauseLive('selection', (document.getSelection()?.toString() ?? '') !== '');
    };
    watch();
    document.addEventListener('visibilitychange', watch);
    document.addEventListener('selectionchange', watch);
    return () => {
      document.removeEventListener('visibilitychange', watch);
      document.removeEventListener('selectionchange', watch);
    };
  }, []);
  useEffect(() => {
    if (!on || pausedBy !== undefined) {
      return undefined;
    }

    refreshNow();
    const timer = setInterval(refreshNow, Math.max(stepMs, smallestStepMs));
    return () => clearInterval(timer);
  }, [on, pausedBy, stepMs]);
}

function set(next: LiveState): void {
  state = next;
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
