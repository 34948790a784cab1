import type { ErrorPlace } from './errorPlace';

/** Line and column of an offset, both from 1. */
export function placeIn(text: string, offset: number): ErrorPlace {
  const before = text.slice(0, offset).split('\n');
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}
