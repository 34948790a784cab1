import type { HistogramBucket } from '../../../api/queryBatch';
import { barsOf, boundsText, countText } from './histogramBars';

const bucket = (lower: number, upper: number, count: number): HistogramBucket => ({ lower, upper, isLowerIn: false, isUpperIn: true, count });

describe('barsOf', () => {
  it('draws each bucket as high as it is full, with room where some are empty', () => {
    expect(barsOf([bucket(0, 1, 5), bucket(1, 2, 10), bucket(4, 8, 0.001)], 40, 20)).toEqual([{ x: 0, width: 9, height: 10 }, { x: 10, width: 9, height: 20 }, { x: 30, width: 9, height: 1 }]);
  });

  it('draws nothing of nothing, and negative counts by their size', () => {
    expect(barsOf([], 40, 20)).toEqual([]);
    expect(barsOf([bucket(0, 1, -4)], 40, 20)).toEqual([{ x: 0, width: 39, height: 20 }]);
  });
});

describe('boundsText', () => {
  it('says which bound belongs to the bucket, with the unit of the values', () => {
    expect(boundsText({ lower: -Infinity, upper: 0.5, isLowerIn: true, isUpperIn: true, count: 1 }, '')).toBe('[-∞, 0.5]');
    expect(boundsText(bucket(0.25, 0.5, 1), 's').replaceAll('\u00a0', ' ')).toBe('(250 ms, 500 ms]');
  });
});

describe('countText', () => {
  it.each([[41_206, '41,206'], [12.345, '12.3'], [0.25, '0.25'], [3e21, '3e21'], [Number.NaN, 'NaN']])('writes %s as %s', (count, text) => {
    expect(countText(count)).toBe(text);
  });
});
