import { isShown, matches, poolsOf, rowsOf, tellingLabels } from './targetRows';
import { target } from './testTargets';

const down = target('b', 'b:1', { health: 'down', lastError: 'connection refused' });
const dropped = { scrapePool: 'a', discoveredLabels: { __address__: 'c:1', __meta_kubernetes_pod_name: 'c' } };
const rows = rowsOf([target('a', 'a:10'), target('a', 'a:2', { labels: { instance: 'a:2', job: 'a', app: 'shop' } }), down], [dropped]);

describe('rowsOf', () => {
  it('puts what is down first, then by name as people count', () => {
    expect(rows.map(({ name }) => name)).toEqual(['b:1', 'a:2', 'a:10', 'c:1']);
  });

  it('names a target the same after a reload, and no two alike', () => {
    expect(rowsOf([down], [])[0]?.id).toBe(rows[0]?.id);
    expect(new Set(rows.map(({ id }) => id)).size).toBe(4);
  });
});

describe('poolsOf', () => {
  it('counts pools, also those without a target', () => {
    const pools = poolsOf(['a', 'b', 'empty'], rows, { a: 7 });
    expect(pools.map(({ name, up, total, dropped: gone, interval }) => [name, up, total, gone, interval])).toEqual([['a', 2, 2, 7, '15s'], ['b', 0, 1, 0, '15s'], ['empty', 0, 0, 0, undefined]]);
  });

  it('says no interval when they differ', () => {
    expect(poolsOf([], rowsOf([target('a', '1'), target('a', '2', { scrapeInterval: '5s' })], []), {})[0]?.interval).toBeUndefined();
  });
});

describe('isShown', () => {
  const shown = (...show: string[]) => rows.filter((row) => isShown(row, new Set(show))).map(({ name }) => name);

  it('shows active ones unless a state is chosen, and dropped ones in addition', () => {
    expect(shown()).toEqual(['b:1', 'a:2', 'a:10']);
    expect(shown('down')).toEqual(['b:1']);
    expect(shown('up', 'dropped')).toEqual(['a:2', 'a:10', 'c:1']);
    expect(shown('dropped')).toHaveLength(4);
  });
});

describe('matches', () => {
  const found = (filter: string) => rows.filter((row) => matches(row, filter)).map(({ name }) => name);

  it.each([['', 4], ['shop', 1], ['app=shop', 1], ['app="shop"', 1], ['a:', 2], ['refused', 1], ['a: shop', 1], ['nobody', 0]])('%j finds %i', (filter, count) => {
    expect(found(filter)).toHaveLength(count);
  });
});

describe('tellingLabels', () => {
  it('leaves out what stands elsewhere, and falls back to the job', () => {
    expect(rows.map((row) => tellingLabels(row).map(([name, value]) => `${name}=${value}`).join(' '))).toEqual(['job=b', 'app=shop', 'job=a', 'pod_name=c']);
  });
});
