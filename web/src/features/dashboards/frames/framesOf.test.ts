import type { Target } from '../../../api/dashboards';
import { readResult } from '../../../api/queryBatch';
import { cellOf } from './frame';
import { framesOf } from './framesOf';

const result = readResult({
  id: 'A', t0: 1000, step: 500, steps: 2,
  series: [{ labels: { path: '/a' }, name: '/a', values: [1, null] }, { labels: { path: '/b', job: 'x' }, name: '/b', values: ['NaN', '+Inf'] }],
});
const target = (format: 'time_series' | 'table'): Target => ({ refId: 'A', expr: 'up', format });

describe('framesOf', () => {
  it('makes a frame of each series', () => {
    const frames = framesOf(target('time_series'), result, 1);
    expect(frames.map((frame) => frame.name)).toEqual(['/a', '/b']);
    expect(frames[0]?.fields[0]?.values).toEqual(Float64Array.of(1000, 1500));
    expect(frames[0]?.fields[1]?.values).toEqual(Float64Array.of(1, Number.NaN));
  });

  it('knows a value that is no number from one that is not there', () => {
    const [, value] = framesOf(target('time_series'), result, 1)[1]?.fields ?? [];
    expect(value?.notNumbers).toEqual(new Set([0]));
    expect(value?.values[1]).toBe(Infinity);
  });

  it('makes one table with a column a label and a row a value', () => {
    const [frame] = framesOf(target('table'), result, 1);
    expect(frame?.fields.map((field) => field.name)).toEqual(['Time', 'job', 'path', 'Value']);
    expect(frame?.length).toBe(3);
    expect(frame?.fields.map((field) => cellOf(field, 0))).toEqual([1000, null, '/a', 1]);
    expect(frame?.fields.map((field) => cellOf(field, 1))).toEqual([1000, 'x', '/b', null]);
  });

  it('names the values of several queries apart', () => {
    expect(framesOf(target('table'), result, 2)[0]?.fields.at(-1)?.name).toBe('Value #A');
  });
});
