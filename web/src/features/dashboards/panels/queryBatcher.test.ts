import type { BatchQuery, QueryResult } from '../../../api/queryBatch';
import { QueryBatcher } from './queryBatcher';

const range = { from: 0, to: 1000 };
const query = (id: string): BatchQuery => ({ id, expr: 'up' });
const result = (id: string): QueryResult => ({
  id, step: 1, t0: 0, steps: 0, expr: 'up', series: [{ labels: {}, name: `series of ${id}`, values: new Float64Array() }], meta: { series: 1, points: 0, samples: 0, durationMs: 0 }, warnings: [], infos: [],
});

interface Sent {
  readonly queries: readonly BatchQuery[];
  readonly signal: AbortSignal | undefined;
  readonly answer: (id: string) => void;
  readonly end: () => void;
  readonly fail: (error: Error) => void;
}

function batcher() {
  const sent: Sent[] = [];
  const came: string[][] = [];
  const made = new QueryBatcher((results) => { came.push(results.map(({ id }) => id)); }, (_from, _to, queries, onResult, signal) => new Promise((resolve, reject) => {
    sent.push({ queries, signal, answer: (id) => { onResult(result(id)); }, end: () => { resolve(1); }, fail: reject });
  }));
  return { made, sent, came };
}

const signal = () => new AbortController().signal;

beforeEach(() => { vi.useFakeTimers(); });
afterEach(() => { vi.useRealTimers(); });

describe('QueryBatcher', () => {
  it('asks what all panels want at a moment in one request', () => {
    const { made, sent } = batcher();
    void made.ask(range, [query('a/A'), query('a/B')], signal());
    void made.ask(range, [query('b/A')], signal());
    vi.runAllTimers();
    expect(sent.map((one) => one.queries.map(({ id }) => id))).toEqual([['a/A', 'a/B', 'b/A']]);
  });

  it('answers a panel when the last of its queries is there, before the others', async () => {
    const { made, sent, came } = batcher();
    const first = made.ask(range, [query('a/A'), query('a/B')], signal());
    const second = made.ask(range, [query('b/A')], signal());
    vi.runAllTimers();
    sent[0]?.answer('b/A');
    vi.runAllTimers();
    expect((await second).results.map(({ id }) => id)).toEqual(['b/A']);
    sent[0]?.answer('a/B');
    sent[0]?.answer('a/A');
    vi.runAllTimers();
    expect((await first).results).toHaveLength(2);
    expect(came[0]).toEqual(['b/A']);
  });

  it('asks ranges of their own apart', () => {
    const { made, sent } = batcher();
    void made.ask(range, [query('a/A')], signal());
    void made.ask({ from: 500, to: 1000 }, [query('b/A')], signal());
    vi.runAllTimers();
    expect(sent).toHaveLength(2);
  });

  it('ends the request when nobody waits for it any more, and not before', async () => {
    const { made, sent } = batcher();
    const [one, two] = [new AbortController(), new AbortController()];
    const asked = [made.ask(range, [query('a/A')], one.signal), made.ask(range, [query('b/A')], two.signal)];
    vi.runAllTimers();
    one.abort();
    expect(sent[0]?.signal?.aborted).toBe(false);
    two.abort();
    expect(sent[0]?.signal?.aborted).toBe(true);
    expect((await Promise.allSettled(asked)).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  });

  it('fails the panels that still wait when the request fails', async () => {
    const { made, sent } = batcher();
    const done = made.ask(range, [query('a/A')], signal());
    const open = made.ask(range, [query('b/A')], signal());
    vi.runAllTimers();
    sent[0]?.answer('a/A');
    sent[0]?.fail(new Error('gone'));
    vi.runAllTimers();
    expect((await done).results).toHaveLength(1);
    await expect(open).rejects.toThrow('gone');
  });

  it('gives a panel what there is when the answer ends without the rest', async () => {
    const { made, sent } = batcher();
    const asked = made.ask(range, [query('a/A'), query('a/B')], signal());
    vi.runAllTimers();
    sent[0]?.answer('a/A');
    sent[0]?.end();
    await vi.runAllTimersAsync();
    expect((await asked).results).toHaveLength(1);
  });

  it('asks nothing for a panel without questions and never more than the server takes at once', async () => {
    const { made, sent } = batcher();
    expect(await made.ask(range, [], signal())).toEqual({ range, results: [] });
    for (let panel = 0; panel < 1000; panel++) {
      void made.ask(range, [query(`${panel}/A`)], signal());
    }
    vi.runAllTimers();
    expect(sent.map(({ queries }) => queries.length)).toEqual([500, 500]);
  });
});
