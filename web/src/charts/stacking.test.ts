import { alignSeries } from './alignment';
import { stackColumns } from './stacking';
import { testSeries } from './testSeries';

const stack = { group: 'A', percent: false };

describe('stackColumns', () => {
  it('adds up the series of a group in their order', () => {
    const series = [testSeries('a', [1, 2], { stack }), testSeries('b', [10, 20], { stack }), testSeries('free', [5, 5])];
    const { columns, bands } = stackColumns(series, alignSeries(series).columns);
    expect(columns).toEqual([[1, 2], [11, 22], [5, 5]]);
    expect(bands).toEqual([[1, 0]]);
  });

  it('keeps a gap a gap and stands the rest on what is there', () => {
    const series = [testSeries('a', [1, null], { stack }), testSeries('b', [10, 20], { stack })];
    expect(stackColumns(series, alignSeries(series).columns).columns).toEqual([[1, null], [11, 20]]);
  });

  it('stacks negative series below zero', () => {
    const series = [testSeries('in', [1], { stack }), testSeries('out', [-2], { stack }), testSeries('more', [-3], { stack })];
    const { columns, bands } = stackColumns(series, alignSeries(series).columns);
    expect(columns).toEqual([[1], [-2], [-5]]);
    expect(bands).toEqual([[2, 1]]);
  });

  it('draws shares of the whole, and nothing of a whole of zero', () => {
    const percent = { group: 'A', percent: true };
    const series = [testSeries('a', [1, 0], { stack: percent }), testSeries('b', [3, 0], { stack: percent })];
    expect(stackColumns(series, alignSeries(series).columns).columns).toEqual([[0.25, 0], [1, 0]]);
  });
});
