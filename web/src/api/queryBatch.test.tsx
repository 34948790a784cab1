import { queryBatch, readResult, type QueryResult } from './queryBatch';

describe('readResult', () => {
  it('tells a gap, a value that is no number, and infinity apart', () => {
    const [series] = readResult({ id: 'A', series: [{ values: [1, null, 'NaN', '+Inf', '-Inf'] }] }).series;
    expect(series?.values).toEqual(Float64Array.of(1, Number.NaN, Number.NaN, Infinity, -Infinity));
    expect(series?.notNumbers).toEqual(new Set([2]));
  });

  it('fills in what an answer with an error leaves out', () => {
    expect(readResult({ id: 'A', error: 'bad' })).toMatchObject({ id: 'A', steps: 0, series: [], warnings: [], error: { message: 'bad' } });
  });
});

describe('queryBatch', () => {
  it('hands over each line as it comes and answers when the server knew it', async () => {
    const text = '{"id":"a","t0":1,"step":2,"steps":1,"series":[{"labels":{"x":"y"},"name":"y","values":[3]}]}\n{"id":"b","error":{"message":"parse error"}}\n{"done":true,"asOf":77}\n';
    const fetched = vi.fn<typeof fetch>(() => Promise.resolve(new Response(text)));
    vi.stubGlobal('fetch', fetched);
    const results: QueryResult[] = [];
    expect(await queryBatch(0, 10, [{ id: 'a', expr: 'up' }, { id: 'b', expr: 'up{' }], (result) => results.push(result))).toBe(77);
    expect(results.map(({ id, error }) => [id, error?.message])).toEqual([['a', undefined], ['b', 'parse error']]);
    expect(JSON.parse(String(fetched.mock.calls[0]?.[1]?.body))).toEqual({ from: 0, to: 10, queries: [{ id: 'a', expr: 'up' }, { id: 'b', expr: 'up{' }] });
  });
});

it('reads the histogram of a series, with its bounds and what belongs to them', () => {
  const buckets = [[3, '-Inf', -0.5, 1], [1, -0.5, 0, 2], [2, 0, 1, 0.5], [0, 1, '+Inf', 'NaN']] as const;
  const [series] = readResult({ id: 'A', series: [{ labels: {}, values: [null, 7], histogram: { values: 1, step: 0, count: 4, sum: 'NaN', buckets, limited: { shown: 4, total: 9 } } }] }).series;
  expect(series?.values).toEqual(Float64Array.from([Number.NaN, 7]));
  expect(series?.histogram).toEqual({
    values: 1, step: 0, count: 4, sum: Number.NaN, limited: { shown: 4, total: 9 },
    buckets: [
      { lower: -Infinity, upper: -0.5, isLowerIn: true, isUpperIn: true, count: 1 }, { lower: -0.5, upper: 0, isLowerIn: true, isUpperIn: false, count: 2 },
      { lower: 0, upper: 1, isLowerIn: false, isUpperIn: false, count: 0.5 }, { lower: 1, upper: Infinity, isLowerIn: false, isUpperIn: true, count: Number.NaN },
    ],
  });
});
