import { usualQuestion } from './usualQuestion';

describe('usualQuestion', () => {
  it.each([
    ['http_requests_total', 'counter', 'rate(http_requests_total[5m])'],
    ['a_seconds_bucket', 'histogram', 'histogram_quantile(0.95, sum by (le) (rate(a_seconds_bucket[5m])))'],
    ['a_seconds_sum', 'histogram', 'rate(a_seconds_sum[5m])'],
    ['up', 'gauge', undefined],
  ])('of %s, a %s, is %s', (name, type, expr) => {
    expect(usualQuestion(name, type)?.expr).toBe(expr);
  });
});
