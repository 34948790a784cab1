import type { Panel } from '../../../api/dashboards';
import { readResult } from '../../../api/queryBatch';
import { paletteNames } from './seriesIdentity';

const panel = (key: string, type: string, mode?: string): Panel => ({
  key, id: 0, type, title: '', grid: { x: 0, y: 0, w: 1, h: 1 }, ...(mode === undefined ? {} : { fieldConfig: { defaults: { color: { mode } } } }),
});
const result = (id: string, series: readonly [string, Record<string, string>][]) => readResult({ id, series: series.map(([name, labels]) => ({ name, labels, values: [] })) });

describe('paletteNames', () => {
  it('are those of panels that colour by name, also within rows', () => {
    const row: Panel = { ...panel('r', 'row'), row: { collapsed: true, panels: [panel('in', 'timeseries', 'palette-classic')] } };
    const results = [result('a/A', [['x', {}]]), result('b/A', [['stat', {}]]), result('c/A', [['fixed', {}]]), result('in/A', [['y', {}]])];
    expect(paletteNames([panel('a', 'timeseries'), panel('b', 'stat'), panel('c', 'timeseries', 'fixed'), row], results)).toEqual([['x'], ['y']]);
  });

  it('leave out panels of more series than can be told apart', () => {
    const many = result('a/A', Array.from({ length: 25 }, (_, i): [string, Record<string, string>] => [`s${i}`, { i: String(i) }]));
    expect(paletteNames([panel('a', 'timeseries')], [many])).toEqual([]);
  });

  it('are the values of the only label that differs, over all queries of a panel', () => {
    const results = [result('a/A', [['GET /a', { path: '/a' }]]), result('a/B', [['GET /b', { path: '/b' }]])];
    expect(paletteNames([panel('a', 'timeseries')], results)).toEqual([['/a', '/b']]);
  });
});
