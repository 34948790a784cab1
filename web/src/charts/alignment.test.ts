import { alignSeries, bridgeGaps, loneSamples } from './alignment';
import { testSeries } from './testSeries';

describe('alignSeries', () => {
  it('keeps a missing step a gap and never makes it zero', () => {
    const { times, columns } = alignSeries([testSeries('a', [1, null, 3])]);
    expect(times).toEqual([0, 60_000, 120_000]);
    expect(columns).toEqual([[1, null, 3]]);
  });

  it('leaves open what a series of a coarser step does not know', () => {
    const fine = testSeries('fine', [1, 2, 3], {}, 30_000);
    const coarse = testSeries('coarse', [10, null], {}, 60_000);
    const { times, columns } = alignSeries([fine, coarse]);
    expect(times).toEqual([0, 30_000, 60_000]);
    expect(columns).toEqual([[1, 2, 3], [10, undefined, null]]);
  });

  it('draws no infinite value', () => {
    expect(alignSeries([testSeries('a', [1, Infinity, 2])]).columns).toEqual([[1, null, 2]]);
  });

  it('bridges gaps up to the milliseconds that a panel allows', () => {
    const series = testSeries('a', [1, null, 2, null, null, 3], { spanNulls: 120_000 });
    expect(alignSeries([series]).columns).toEqual([[1, undefined, 2, null, null, 3]]);
  });

  it('has nothing for nothing', () => {
    expect(alignSeries([])).toEqual({ times: [], columns: [] });
  });
});

describe('bridgeGaps', () => {
  it('leaves the gaps before the first and after the last value', () => {
    expect(bridgeGaps([null, 1, null, 2, null], 5)).toEqual([null, 1, undefined, 2, null]);
  });
});

describe('loneSamples', () => {
  it('finds values between gaps and at the edges', () => {
    expect(loneSamples([1, null, 2, 3, null, 4, null])).toEqual([0, 5]);
  });

  it('does not take a time of other series for a gap', () => {
    expect(loneSamples([1, undefined, 2, undefined, null, undefined, 3])).toEqual([6]);
  });
});
