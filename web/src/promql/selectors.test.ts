import { isSelector, metricsOf } from './selectors';

describe('metricsOf', () => {
  it('names each metric once, in the order in which they are written', () => {
    expect(metricsOf('sum(rate(b{app="x", status=~"5.."}[5m])) / sum(rate(a{app="x"}[5m] offset 1h)) > sum(b)')).toEqual(['b', 'a']);
  });

  it.each([
    ['{"http.requests", path="/a"}', ['http.requests']],
    ['{__name__="up", job="x"}', ['up']],
    ['{__name__="a\\"b"}', ['a"b']],
    ['{job="x"}', []],
    ['{__name__=~"a.*", job="x"}', []],
    ['up @ start()', ['up']],
    ['', []],
  ])('names the metric of %s', (expr, metrics) => {
    expect(metricsOf(expr)).toEqual(metrics);
  });

  it('finds what there is in a query that does not parse', () => {
    expect(metricsOf('sum(rate(up[5m]) / down')).toEqual(['up', 'down']);
  });
});

describe('isSelector', () => {
  it.each([['up', true], [' up{job="a"} ', true], ['up[5m]', false], ['up offset 1m', false], ['(up)', false], ['up + 1', false], ['up)', false], ['', false]])('%s: %s', (expr, is) => {
    expect(isSelector(expr)).toBe(is);
  });
});
