import { chartSentence, direction } from './chartSentence';
import { testSeries } from './testSeries';

describe('chartSentence', () => {
  it('counts, names the highest and says where it goes', () => {
    const series = [testSeries('/api/stats', [1, 1, 1, 2, 3]), testSeries('/login', [1, 1, 1, 1, 1])];
    expect(chartSentence('p95 by path', series)).toBe('p95 by path: two series, highest /api/stats at 3, rising.');
  });

  it('says when there is nothing', () => {
    expect(chartSentence('Errors', [])).toBe('Errors: no data.');
    expect(chartSentence('Errors', [testSeries('a', [null])])).toBe('Errors: one series, without a value in this range.');
  });
});

describe('direction', () => {
  it('is steady below a tenth of change', () => {
    expect(direction(Float64Array.of(10, 10, 10, 10.5))).toBe('steady');
    expect(direction(Float64Array.of(10, 8, 6, 4))).toBe('falling');
    expect(direction(Float64Array.of(0, 0, 0, 0))).toBe('steady');
  });
});
