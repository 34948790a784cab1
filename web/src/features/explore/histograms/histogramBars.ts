import type { HistogramBucket, ResultHistogram } from '../../../api/queryBatch';
import { formatCount, formatSignificant } from '../../../lib/formatNumber';
import { formatValue } from '../../../lib/formatValue';

export interface HistogramBar {
  readonly x: number;
  readonly width: number;
  readonly height: number;
}

const gap = 1;
const leastHeight = 1;

/**
 * Buckets as bars in a box, from the lowest to the highest, equally wide: exponential buckets are so on the scale of their logarithm. Where buckets between two
 * are empty there is room for one.
 */
export function barsOf(buckets: readonly HistogramBucket[], width: number, height: number): readonly HistogramBar[] {
  const places: number[] = [];
  buckets.forEach((bucket, index) => {
    const before = buckets[index - 1];
    places.push(before === undefined ? 0 : (places[index - 1] ?? 0) + (before.upper === bucket.lower ? 1 : 2));
  });
  const most = Math.max(...buckets.map(({ count }) => Math.abs(count)), Number.MIN_VALUE);
  const each = width / ((places.at(-1) ?? 0) + 1);
  return buckets.map(({ count }, index) => ({ x: (places[index] ?? 0) * each, width: Math.max(leastHeight, each - gap), height: Math.max(leastHeight, (Math.abs(count) / most) * height) }));
}

/** The bounds of a bucket as mathematics writes them: (0.5, 1]. */
export function boundsText({ lower, upper, isLowerIn, isUpperIn }: HistogramBucket, unit: string): string {
  return `${isLowerIn ? '[' : '('}${formatValue(lower, unit)}, ${formatValue(upper, unit)}${isUpperIn ? ']' : ')'}`;
}

/** A count of observations; a rate of them has parts. */
export function countText(count: number): string {
  return Number.isInteger(count) && Math.abs(count) < 1e15 ? formatCount(count) : Number.isFinite(count) ? formatSignificant(count) : formatValue(count);
}

/** What all observations have in common, in words. */
export function meanOf({ count, sum }: ResultHistogram): number {
  return sum / count;
}
