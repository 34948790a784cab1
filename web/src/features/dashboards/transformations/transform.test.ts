import { displayNameOf } from '../fields/displayName';
import { namesOf, rowsOf, seriesFrame, tableFrame } from '../fields/testFrames';
import { transform } from './transform';

const pods = tableFrame({ pod: ['b', 'a', 'c'], 'Value #A': [2, 1, 3] });
const memory = tableFrame({ pod: ['a', 'b', 'd'], 'Value #B': [10, 20, 40] }, 'B');

describe('organize', () => {
  it('leaves out, orders and renames', () => {
    const [frame] = transform([tableFrame({ Time: [1], pod: ['a'], 'Value #A': [2] })], [{
      id: 'organize', options: { excludeByName: { Time: true }, indexByName: { 'Value #A': 0, pod: 1 }, renameByName: { 'Value #A': 'CPU' } },
    }]);
    expect(namesOf(frame)).toEqual(['CPU', 'pod']);
  });
});

describe('merge', () => {
  it('makes one row of what agrees in the shared fields', () => {
    const [frame] = transform([pods, memory], [{ id: 'merge' }]);
    expect(namesOf(frame)).toEqual(['pod', 'Value #A', 'Value #B']);
    expect(rowsOf(frame)).toEqual([['b', 2, 20], ['a', 1, 10], ['c', 3, null], ['d', null, 40]]);
  });

  it('keeps rows apart that differ', () => {
    const [frame] = transform([tableFrame({ pod: ['a', 'a'], v: [1, 2] }), tableFrame({ pod: ['a'], w: [3] })], [{ id: 'merge', options: {} }]);
    expect(rowsOf(frame)).toEqual([['a', 1, 3], ['a', 2, null]]);
  });
});

describe('joinByField', () => {
  it('puts frames side by side by a field, with every row or those of all', () => {
    const [outer] = transform([pods, memory], [{ id: 'joinByField', options: { byField: 'pod', mode: 'outer' } }]);
    expect(rowsOf(outer)).toEqual([['b', 2, 20], ['a', 1, 10], ['c', 3, null], ['d', null, 40]]);
    const [inner] = transform([pods, memory], [{ id: 'joinByField', options: { byField: 'pod', mode: 'inner' } }]);
    expect(rowsOf(inner)).toEqual([['b', 2, 20], ['a', 1, 10]]);
  });

  it('joins series by their time and keeps their legends', () => {
    const [frame] = transform([seriesFrame('x', [1, 2]), seriesFrame('y', [3])], [{ id: 'seriesToColumns' }]);
    expect(rowsOf(frame)).toEqual([[0, 1, 3], [1000, 2, null]]);
    expect(frame?.fields.map((field) => displayNameOf(frame, field))).toEqual(['Time', 'x', 'y']);
  });
});

describe('filterFieldsByName', () => {
  it('keeps by name or pattern and drops by name', () => {
    const wide = tableFrame({ pod: ['a'], cpu_total: [1], cpu_idle: [2], note: ['x'] });
    expect(namesOf(transform([wide], [{ id: 'filterFieldsByName', options: { include: { names: ['pod'], pattern: '/^cpu_/' } } }])[0])).toEqual(['pod', 'cpu_total', 'cpu_idle']);
    expect(namesOf(transform([wide], [{ id: 'filterFieldsByName', options: { exclude: { names: ['note'] } } }])[0])).toEqual(['pod', 'cpu_total', 'cpu_idle']);
  });
});

describe('renameByRegex', () => {
  it('renames what matches with its groups', () => {
    const [frame] = transform([seriesFrame('node-exporter:9100', [1])], [{ id: 'renameByRegex', options: { regex: '(.*):.*', renamePattern: '$1' } }]);
    expect(frame?.fields.map((field) => displayNameOf(frame, field))).toEqual(['Time', 'node-exporter']);
  });
});

describe('sortBy', () => {
  it('orders rows by a field', () => {
    const [frame] = transform([pods], [{ id: 'sortBy', options: { sort: [{ field: 'Value #A', desc: true }] } }]);
    expect(rowsOf(frame)).toEqual([['c', 3], ['b', 2], ['a', 1]]);
  });
});

describe('reduce', () => {
  const series = [seriesFrame('x', [1, 5], { path: '/x' }), seriesFrame('y', [4, 2], { path: '/y' })];

  it('makes a row of each series', () => {
    const [frame] = transform(series, [{ id: 'reduce', options: { reducers: ['max', 'lastNotNull'] } }]);
    expect(namesOf(frame)).toEqual(['Field', 'Max', 'Last *']);
    expect(rowsOf(frame)).toEqual([['x', 5, 5], ['y', 4, 2]]);
  });

  it('turns labels into columns when asked', () => {
    const [frame] = transform(series, [{ id: 'reduce', options: { reducers: ['sum'], labelsToFields: true } }]);
    expect(namesOf(frame)).toEqual(['path', 'Total']);
    expect(rowsOf(frame)).toEqual([['/x', 6], ['/y', 6]]);
  });

  it('reduces fields where they stand', () => {
    expect(rowsOf(transform([pods], [{ id: 'reduce', options: { mode: 'reduceFields', reducers: ['mean'] } }])[0])).toEqual([[2]]);
  });
});

describe('groupBy', () => {
  it('makes one row of equal values and calculates the rest', () => {
    const rows = tableFrame({ node: ['n1', 'n2', 'n1'], value: [1, 2, 3], other: [9, 9, 9] });
    const [frame] = transform([rows], [{
      id: 'groupBy', options: { fields: { node: { operation: 'groupby', aggregations: [] }, value: { operation: 'aggregate', aggregations: ['sum', 'count'] } } },
    }]);
    expect(namesOf(frame)).toEqual(['node', 'value (sum)', 'value (count)']);
    expect(rowsOf(frame)).toEqual([['n1', 4, 2], ['n2', 2, 1]]);
  });
});

describe('calculateField', () => {
  const frame = tableFrame({ used: [1, 2], total: [4, 4] });

  it('calculates with two fields, or a field and a number', () => {
    const [divided] = transform([frame], [{ id: 'calculateField', options: { mode: 'binary', alias: 'share', binary: { left: 'used', operator: '/', right: 'total' } } }]);
    expect(rowsOf(divided)).toEqual([[1, 4, 0.25], [2, 4, 0.5]]);
    const [times] = transform([frame], [{ id: 'calculateField', options: { mode: 'binary', binary: { left: { matcher: { id: 'byName', options: 'used' } }, operator: '*', right: { fixed: '100' } }, replaceFields: true } }]);
    expect(namesOf(times)).toEqual(['used * 100']);
    expect(rowsOf(times)).toEqual([[100], [200]]);
  });

  it('takes the numbers of a row together', () => {
    const [total] = transform([frame], [{ id: 'calculateField', options: { mode: 'reduceRow', reduce: { reducer: 'sum' } } }]);
    expect(namesOf(total)).toEqual(['used', 'total', 'Total']);
    expect(rowsOf(total)).toEqual([[1, 4, 5], [2, 4, 6]]);
  });

  it('adds nothing for a field that is not there', () => {
    expect(namesOf(transform([frame], [{ id: 'calculateField', options: { mode: 'binary', binary: { left: 'gone', operator: '+', right: '1' } } }])[0])).toEqual(['used', 'total']);
  });
});

describe('labelsToFields', () => {
  it('makes columns of labels and one table of the series', () => {
    const [frame] = transform([seriesFrame('x', [1], { pod: 'a' }), seriesFrame('y', [2], { pod: 'b' })], [{ id: 'labelsToFields', options: { mode: 'columns' } }]);
    expect(namesOf(frame)).toEqual(['Time', 'pod', 'Value']);
    expect(rowsOf(frame)).toEqual([[0, 'a', 1], [0, 'b', 2]]);
  });
});

describe('transform', () => {
  it('passes frames on in order and leaves out what is not built', () => {
    const [frame] = transform([pods, memory], [{ id: 'merge' }, { id: 'constructor' }, { id: 'extractFields' }, { id: 'filterFieldsByName', options: { include: { names: ['pod'] } } }]);
    expect(namesOf(frame)).toEqual(['pod']);
  });
});
