import { SeriesColors } from '../../../lib/seriesColor';
import { applyConfig } from '../fields/applyConfig';
import { readFieldConfig } from '../fields/fieldConfig';
import { seriesFrame, tableFrame } from '../fields/testFrames';
import type { Frame } from '../frames/frame';
import { listedAlerts } from './alertlist/model';
import { gaugeValues } from './gauge/model';
import { metricsAddress, withIntervals } from './metricsAddress';
import { queriesOf, rangeOf } from './panelData';
import { reducedValues } from './reducedValues';
import { onlyDifferingLabel } from '../../../lib/differingLabel';
import { statValues } from './stat/model';
import { initialSort, tableColumns } from './table/model';
import type { Panel } from '../../../api/dashboards';
import type { ShownAlert } from '../../../api/shownAlerts';

const applied = (frames: readonly Frame[], defaults: unknown, overrides: unknown[] = []) => applyConfig(frames, readFieldConfig({ defaults, overrides }));
const graphed = (name: string, values: readonly number[]): Frame => ({ ...seriesFrame(name, values), grid: { t0: 0, step: 1000, length: values.length } });
const limits = { mode: 'absolute', steps: [{ value: null, color: 'green' }, { value: 0.1, color: 'red' }] };

describe('reducedValues', () => {
  it('takes the last value of each series, or what the panel calculates', () => {
    const frames = applied([seriesFrame('a', [1, 5, Number.NaN]), seriesFrame('b', [2, 4])], {});
    expect(reducedValues(frames, {}, 'UTC').map(({ name, value }) => [name, value])).toEqual([['a', 5], ['b', 4]]);
    expect(reducedValues(frames, { reduceOptions: { calcs: ['mean'] } }, 'UTC').map(({ value }) => value)).toEqual([3, 3]);
  });

  it('shows a text when a field of texts is asked for', () => {
    const frames = applied([tableFrame({ version: ['1.8.3'], Value: [1] })], {});
    expect(reducedValues(frames, { reduceOptions: { fields: '/^version$/' } }, 'UTC').map(({ value }) => value)).toEqual(['1.8.3']);
  });

  it('shows every row of a table when asked, named by its texts', () => {
    const frames = applied([tableFrame({ pod: ['a', 'b'], Value: [1, 2] })], {});
    expect(reducedValues(frames, { reduceOptions: { values: true } }, 'UTC').map(({ name, value }) => [name, value])).toEqual([['a', 1], ['b', 2]]);
  });

  it('says NaN for a value that is no number, and that there is none otherwise', () => {
    const frame = seriesFrame('a', [Number.NaN]);
    const withNaN = { ...frame, fields: frame.fields.map((field) => (field.kind === 'number' ? { ...field, notNumbers: new Set([0]) } : field)) };
    expect(reducedValues(applied([withNaN, frame], {}), {}, 'UTC').map(({ display }) => display.text)).toEqual(['NaN', '–']);
  });
});

describe('statValues', () => {
  it('tell the limit and what was before', () => {
    const [value] = statValues(applied([graphed('errors', [0.006, 0.05, 0.124])], { unit: 'percentunit', thresholds: limits }), {}, 'UTC');
    expect(value).toMatchObject({ meaning: 'limit 10\u00a0%, was 0.6\u00a0%', limit: 0.1, color: 'var(--ph-fire-solid)', textColor: 'var(--ph-fire)' });
    expect(value?.parts).toMatchObject({ number: '12.4', suffix: '%' });
    expect(value?.spark).toHaveLength(3);
  });

  it('have no line where the panel wants none, and no meaning where nothing is known', () => {
    const [value] = statValues(applied([graphed('up', [2, 2])], {}), { graphMode: 'none' }, 'UTC');
    expect([value?.spark, value?.meaning]).toEqual([undefined, undefined]);
  });
});

describe('gaugeValues', () => {
  it('stand between the borders of their field', () => {
    const [value] = gaugeValues(applied([seriesFrame('pool', [38.4])], { min: 0, max: 40, thresholds: { mode: 'percentage', steps: [{ value: null, color: 'green' }, { value: 90, color: 'red' }] } }), {}, new SeriesColors(), 'UTC');
    expect(value).toMatchObject({ share: 0.96, color: 'var(--ph-fire-solid)', meaning: 'of 40', steps: [{ share: 0 }, { share: 0.9 }] });
  });

  it('are compared with the largest where no border is known', () => {
    expect(gaugeValues(applied([seriesFrame('a', [5]), seriesFrame('b', [10])], {}), {}, new SeriesColors(), 'UTC').map(({ share }) => share)).toEqual([0.5, 1]);
  });
});

describe('tableColumns', () => {
  const frame = applied([tableFrame({ pod: ['a', 'b'], Value: [5000, 20_000] })], { thresholds: { mode: 'absolute', steps: [{ value: null, color: 'green' }, { value: 10_000, color: 'red' }] } }, [
    { matcher: { id: 'byName', options: 'Value' }, properties: [
      { id: 'custom.cellOptions', value: { type: 'color-background' } }, { id: 'displayName', value: 'Requests' }, { id: 'links', value: [{ title: 'open', url: '/d/x?var-pod=${__data.fields.pod}' }] },
    ] },
  ])[0] ?? tableFrame({});
  const columns = tableColumns(frame, 'UTC', { from: 0, to: 1, variables: '' });

  it('align numbers right, show them in full and by their name', () => {
    expect(columns.map(({ title, align }) => [title, align])).toEqual([['pod', 'left'], ['Requests', 'right']]);
    expect(columns[1]?.cell(1)).toMatchObject({ text: '20,000', sort: 20_000, background: 'color-mix(in srgb, var(--ph-fire-solid) 24%, var(--ph-surface))', href: '/d/x?var-pod=b' });
  });

  it('begin in the order that the panel wants', () => {
    expect(initialSort({ sortBy: [{ displayName: 'Requests', desc: true }] }, columns)).toEqual({ key: columns[1]?.key, descending: true });
    expect(initialSort({ sortBy: [{ displayName: 'gone' }] }, columns)).toBeUndefined();
  });

  it('leave out what is hidden and draw gauges as bars', () => {
    const [hidden] = applied([tableFrame({ a: [1], b: [50] })], {}, [
      { matcher: { id: 'byName', options: 'a' }, properties: [{ id: 'custom.hidden', value: true }] },
      { matcher: { id: 'byName', options: 'b' }, properties: [{ id: 'custom.displayMode', value: 'lcd-gauge' }, { id: 'max', value: 100 }, { id: 'color', value: { mode: 'fixed', fixedColor: 'blue' } }] },
    ]);
    const shown = hidden === undefined ? [] : tableColumns(hidden, 'UTC', { from: 0, to: 1, variables: '' });
    expect(shown.map(({ title }) => title)).toEqual(['b']);
    expect(shown[0]?.cell(0).bar).toEqual({ share: 0.5, color: 'var(--ph-s1)' });
  });
});

const panel: Panel = {
  key: 'p1', id: 1, type: 'timeseries', title: 'x', grid: { x: 0, y: 0, w: 12, h: 8 }, minIntervalMs: 30_000,
  targets: [
    { refId: 'A', expr: 'rate(x[$__rate_interval])', legendFormat: '{{path}}', range: true }, { refId: 'B', expr: 'up', hide: true }, { refId: 'C', expr: '' },
    { refId: 'D', expr: 'y', instant: true, range: false, minIntervalMs: 60_000 },
  ],
};

describe('queriesOf', () => {
  it('asks what is not hidden, a step a pixel and a half', () => {
    expect(queriesOf(panel, 900)).toEqual([
      { id: 'p1/A', expr: 'rate(x[$__rate_interval])', maxDataPoints: 600, legendFormat: '{{path}}', minIntervalMs: 30_000 },
      { id: 'p1/D', expr: 'y', maxDataPoints: 600, legendFormat: '', instant: true, minIntervalMs: 60_000 },
    ]);
    expect(queriesOf({ ...panel, maxDataPoints: 25 }, 900)[0]?.maxDataPoints).toBe(25);
  });
});

describe('rangeOf', () => {
  it('is the page’s, a width of its own, or moved back', () => {
    expect(rangeOf(panel, { from: 100, to: 200 })).toEqual({ from: 100, to: 200 });
    expect(rangeOf({ ...panel, timeFromMs: 50, timeShiftMs: 10 }, { from: 100, to: 200 })).toEqual({ from: 140, to: 190 });
  });
});

describe('metricsAddress', () => {
  it('has the questions and the range, with intervals that mean something there', () => {
    const address = metricsAddress(panel, new URLSearchParams('from=now-3h&to=now&var-x=1'));
    expect(address).toBe('/query?q=rate%28x%5B5m%5D%29&q=y&from=now-3h&to=now');
    expect(withIntervals('rate(x[${__interval}]) + $__rangex')).toBe('rate(x[1m]) + $__rangex');
  });
});

describe('onlyDifferingLabel', () => {
  it('is the one that tells the series apart, if one does', () => {
    expect(onlyDifferingLabel([{ job: 'x', path: '/a' }, { job: 'x', path: '/b' }])).toBe('path');
    expect(onlyDifferingLabel([{ path: '/a', status: '200' }, { path: '/b', status: '500' }])).toBeUndefined();
    expect(onlyDifferingLabel([{ job: 'x' }, {}])).toBe('job');
  });
});

describe('listedAlerts', () => {
  const alert = (name: string, state: ShownAlert['state'], since: number): ShownAlert => ({ fingerprint: name, name, sentence: '', state, since });
  const alerts = [alert('B', 'firing', 1), alert('A', 'pending', 3), alert('C', 'silenced', 2)];
  const names = (options: unknown) => listedAlerts(alerts, options).map(({ name }) => name);

  it('are those that fire or are pending, by name', () => {
    expect(names({})).toEqual(['A', 'B']);
  });

  it('are chosen and ordered as the panel wants', () => {
    expect(names({ stateFilter: { firing: true } })).toEqual(['B']);
    expect(names({ sortOrder: 3 })).toEqual(['B', 'A']);
    expect(names({ sortOrder: 5, maxItems: 1 })).toEqual(['A']);
    expect(names({ alertName: 'b' })).toEqual(['B']);
  });
});
