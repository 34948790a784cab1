import type { BatchQuery } from '../../api/queryBatch';
import { selectorsOf } from '../../promql/selectors';
import { explainEmpty, nearestNames, type EmptyQuestions } from './explainEmpty';
import { result, series } from './testResults';

const hour = 3_600_000;
const now = 1_000 * hour;
const range = { from: now - hour, to: now };

/** A server that has some series, by the text that is asked for. */
function server(known: Readonly<Record<string, boolean>>, answers: (query: BatchQuery, from: number) => ReturnType<typeof result> | undefined = () => undefined): EmptyQuestions {
  return {
    metricNames: () => Promise.resolve(['http_requests_total', 'http_request_duration_seconds_count', 'up']),
    series: (match) => Promise.resolve(known[match] === true ? [{ __name__: 'x' }] : []),
    labelValues: () => Promise.resolve(['/a', '/b']),
    query: (from, _to, query) => Promise.resolve(answers(query, from)),
  };
}

const explain = (expr: string, ask: EmptyQuestions) => explainEmpty(selectorsOf(expr), range, now, ask);

describe('explainEmpty', () => {
  it('offers near names for a metric that nobody sends', async () => {
    expect(await explain('rate(http_request_total[5m])', server({}))).toMatchObject({ kind: 'noMetric', metric: 'http_request_total', nearest: ['http_requests_total', 'http_request_duration_seconds_count'] });
  });

  it('finds the condition that nothing fulfils, and the values there are', async () => {
    const ask = server({ '{__name__="up", job="x"}': true });
    expect(await explain('up{job="x", path="/c"}', ask)).toMatchObject({ kind: 'noMatch', matcher: { text: 'path="/c"' }, values: ['/a', '/b'] });
  });

  it('says when each condition matches and none all of them', async () => {
    const ask = server({ '{__name__="up", job="x"}': true, '{__name__="up", path="/a"}': true });
    const reason = await explain('up{job="x", path="/a"}', ask);
    expect(reason).toMatchObject({ kind: 'noMatch' });
    expect(reason).not.toHaveProperty('matcher');
  });

  it('finds the last data outside the range, to the quarter of a minute', async () => {
    const at = now - 5 * hour;
    const ask = server({ up: true }, ({ id }, from) => {
      const t0 = id === 'hours' ? at : from;
      return id === 'reads' ? result('reads', []) : result(id, [series({}, id === 'hours' ? [3, Number.NaN] : [1, 1, 1, Number.NaN])], { t0, step: id === 'hours' ? hour : 15_000 });
    });
    expect(await explain('up', ask)).toMatchObject({ kind: 'outside', lastAt: at - hour + 30_000 });
  });

  it('says so when the last data is older than it looks', async () => {
    expect(await explain('up', server({ up: true }))).toEqual({ kind: 'outside', selector: selectorsOf('up')[0] });
  });

  it('says that a window holds one sample only', async () => {
    const ask = server({ up: true }, () => result('reads', [series({}, [1, 1, Number.NaN])]));
    expect(await explain('rate(up[15s])', ask)).toMatchObject({ kind: 'twoSamples', scrapeIntervalMs: 15_000 });
  });

  it('looks to the operators when every selector gives series', async () => {
    const ask = server({ up: true }, () => result('reads', [series({}, [1])]));
    expect(await explain('up > 2', ask)).toMatchObject({ kind: 'operators', selectors: [{ series: 1 }] });
  });

  it('knows queries that read nothing', async () => {
    expect(await explain('vector(1) > 2', server({}))).toEqual({ kind: 'nothingRead' });
  });
});

describe('nearestNames', () => {
  it('finds misspelled names before those that share a part', () => {
    expect(nearestNames('http_request_totl', ['node_load1', 'http_requests_total', 'http_errors'])).toEqual(['http_requests_total', 'http_errors']);
  });

  it('offers nothing that is far', () => {
    expect(nearestNames('abc', ['node_cpu_seconds_total'])).toEqual([]);
  });
});
