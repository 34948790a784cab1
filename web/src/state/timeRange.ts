import { useCallback, useEffect, useMemo, useSyncExternalStore } from 'react';
import { useSearchParams } from 'react-router-dom';
import { parseDuration } from '../lib/formatDuration';
import type { RangeText } from '../lib/parseTimeRange';
import { resolveTime } from '../lib/resolveTime';
import { getNow, refreshNow, subscribeNow } from './clock';
import { useZone } from './zone';

export const defaultRange: RangeText = { from: 'now-1h', to: 'now' };

export interface TimeRange {
  /** As the address has them. */
  readonly text: RangeText;
  /** Milliseconds, resolved at the last refresh: every part of the page asks for the same ones. */
  readonly from: number;
  readonly to: number;
  /** Whether its end is now. */
  readonly isRelative: boolean;
  /** One finished action, one entry of the history. */
  setRange(range: RangeText): void;
  /** Resolves `now` anew. */
  refresh(): void;
}

/** Reads the range of an address; what cannot be read counts as the default. */
export function readRange(params: URLSearchParams, now: number, zone: string, fallback: RangeText = defaultRange): { text: RangeText; from: number; to: number } {
  const given: RangeText = { from: params.get('from') ?? fallback.from, to: params.get('to') ?? fallback.to };
  for (const text of [given, fallback, defaultRange]) {
    const from = resolveTime(text.from, now, zone);
    const to = resolveTime(text.to, now, zone, true);
    if (from !== undefined && to !== undefined && from < to) {
      return { text, from, to };
    }
  }

  return { text: defaultRange, from: now - 3_600_000, to: now };
}

/** The page's range, which rules every part of the page. It stands in the address. */
export function useTimeRange(fallback: RangeText = defaultRange): TimeRange {
  const [params, setParams] = useSearchParams();
  const now = useSyncExternalStore(subscribeNow, getNow);
  const zone = useZone();
  const [fromText, toText] = [params.get('from'), params.get('to')];
  const read = useMemo(() => {
    const given = new URLSearchParams();
    if (fromText !== null) {
      given.set('from', fromText);
    }

    if (toText !== null) {
      given.set('to', toText);
    }

    return readRange(given, now, zone, { from: fallback.from, to: fallback.to });
  }, [fromText, toText, now, zone, fallback.from, fallback.to]);

  const setRange = useCallback(
    (range: RangeText) => {
      refreshNow();
      rememberZoom({ from: fromText ?? fallback.from, to: toText ?? fallback.to });
      setParams((old) => {
        const next = new URLSearchParams(old);
        next.set('from', range.from);
        next.set('to', range.to);
        return next;
      });
    },
    [setParams, fromText, toText, fallback.from, fallback.to],
  );

  return useMemo(() => ({ ...read, isRelative: read.text.to.startsWith('now'), setRange, refresh: refreshNow }), [read, setRange]);
}

/** One window back (-1) or on (+1): half its width, as absolute times. */
export function shifted(range: { from: number; to: number }, direction: -1 | 1): RangeText {
  const step = Math.round((range.to - range.from) / 2) * direction;
  return { from: String(range.from + step), to: String(range.to + step) };
}

/** Twice as wide around its middle; a range that ends now still ends now. */
export function widened(range: { from: number; to: number; text: RangeText }): RangeText {
  const width = range.to - range.from;
  const relative = /^now-(\w+)$/.exec(range.text.from);
  const length = relative === null ? undefined : parseDuration(relative[1] ?? '');
  if (range.text.to === 'now' && length !== undefined) {
    return { from: `now-${Math.round((length * 2) / 1000)}s`, to: 'now' };
  }

  return { from: String(Math.round(range.from - width / 2)), to: String(Math.round(range.to + width / 2)) };
}

// Where zooming out goes back to: the ranges of this page that were left by a narrower one.
const zoomed: RangeText[] = [];

function rememberZoom(range: RangeText): void {
  zoomed.push(range);
  if (zoomed.length > 50) {
    zoomed.shift();
  }
}

/** The range to go back to when zooming out from `range`: the last wider one, else twice as wide. */
export function zoomedOut(range: { from: number; to: number; text: RangeText }, now: number, zone: string): RangeText {
  for (let last = zoomed.pop(); last !== undefined; last = zoomed.pop()) {
    const from = resolveTime(last.from, now, zone);
    const to = resolveTime(last.to, now, zone, true);
    if (from !== undefined && to !== undefined && to - from > range.to - range.from) {
      return last;
    }
  }

  return widened(range);
}

export function forgetZoom(): void {
  zoomed.length = 0;
}

/** Ranges that were zoomed through belong to the page they were zoomed on. */
export function useForgetZoom(page: string): void {
  useEffect(() => forgetZoom, [page]);
}
