import { ringPath } from './arc';
import { pieShares, type PieSlice } from './PieChart';
import { sparkShape } from './sparkPath';

const slice = (name: string, value: number): PieSlice => ({ key: name, name, value, text: '', color: '' });

describe('pieShares', () => {
  it('are parts of the whole, beginning where the last one ended', () => {
    expect(pieShares([slice('a', 1), slice('b', 3)]).map(({ from, share }) => [from, share])).toEqual([[0, 0.25], [0.25, 0.75]]);
  });

  it('give nothing to what is below zero or no number', () => {
    expect(pieShares([slice('a', -1), slice('b', Number.NaN), slice('c', 2)]).map(({ share }) => share)).toEqual([0, 0, 1]);
    expect(pieShares([slice('a', 0)]).map(({ share }) => share)).toEqual([0]);
  });
});

describe('ringPath', () => {
  it('draws a whole ring in two halves and nothing of nothing', () => {
    expect(ringPath(0, 0, 10, 5, 0, 1).match(/M/g)).toHaveLength(2);
    expect(ringPath(0, 0, 10, 5, 0.5, 0.5)).toBe('');
  });
});

describe('sparkShape', () => {
  it('breaks at a gap', () => {
    expect(sparkShape(Float64Array.of(1, 2, Number.NaN, 3, 4), 100, 20).line.match(/M/g)).toHaveLength(2);
  });

  it('makes room for its limit', () => {
    const shape = sparkShape(Float64Array.of(1, 2), 100, 20, { limit: 4 });
    expect(shape.limit).toBe(3);
    expect(shape.end?.y).toBe(10);
  });

  it('has no line without values', () => {
    expect(sparkShape(Float64Array.of(Number.NaN), 100, 20)).toEqual({ line: '', area: '' });
  });
});
