import { metricsOf, selectorsOf } from './selectors';

describe('selectorsOf', () => {
  it('finds each selector once, with its range and matchers', () => {
    const found = selectorsOf('sum(rate(http_requests_total{app="x", status=~"5.."}[5m])) / sum(rate(http_requests_total{app="x"}[5m] offset 1h)) > sum(rate(http_requests_total{app="x"}[5m]))');
    expect(found.map(({ written, text, window }) => [written, text, window])).toEqual([
      ['http_requests_total{app="x", status=~"5.."}[5m]', 'http_requests_total{app="x", status=~"5.."}', '5m'],
      ['http_requests_total{app="x"}[5m]', 'http_requests_total{app="x"}', '5m'],
    ]);
    expect(found[0]?.matchers).toEqual([{ name: 'app', value: 'x', text: 'app="x"' }, { name: 'status', value: '5..', text: 'status=~"5.."' }]);
  });

  it.each([
    ['{"http.requests", path="/a"}', 'http.requests'],
    ['{__name__="up", job="x"}', 'up'],
    ['{job="x"}', undefined],
    ['{__name__=~"a.*", job="x"}', undefined],
    ['up @ start()', 'up'],
  ])('names the metric of %s', (expr, metric) => {
    expect(selectorsOf(expr)[0]?.metric).toBe(metric);
  });

  it('takes quoted values for what they mean', () => {
    expect(selectorsOf('up{a="x\\"y", b=`\\d`, c=\'z\'}')[0]?.matchers.map(({ value }) => value)).toEqual(['x"y', '\\d', 'z']);
  });

  it('finds what there is in a query that does not parse', () => {
    expect(metricsOf('sum(rate(up[5m]) / down')).toEqual(['up', 'down']);
    expect(selectorsOf('')).toEqual([]);
  });
});
