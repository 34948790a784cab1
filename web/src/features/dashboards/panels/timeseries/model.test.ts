import { SeriesColors } from '../../../../lib/seriesColor';
import { applyConfig } from '../../fields/applyConfig';
import { readFieldConfig } from '../../fields/fieldConfig';
import { seriesFrame } from '../../fields/testFrames';
import { type Frame, numberField, timeField } from '../../frames/frame';
import { timedValues, timeSeriesModel, toldByAxis } from './model';

function model(fieldConfig: unknown, frames: readonly Frame[] = [seriesFrame('a', [1, 2], { path: '/a' }), seriesFrame('b', [3, 4], { path: '/b' })], options: unknown = {}) {
  return timeSeriesModel(applyConfig(frames, readFieldConfig(fieldConfig)), options, new SeriesColors(), 'UTC');
}
const custom = (value: Record<string, unknown>, more: Record<string, unknown> = {}) => model({ defaults: { custom: value, ...more } });

describe('timeSeriesModel', () => {
  it('draws plain lines without options', () => {
    const { series, legend, tooltip } = model({});
    expect(series.map(({ name, style }) => [name, style.draw, style.fill, style.interpolation, style.axis])).toEqual([['a', 'line', 0, 'linear', 'left'], ['b', 'line', 0, 'linear', 'left']]);
    expect([legend.mode, tooltip]).toEqual(['auto', 'multi']);
  });

  it('reads how a line is drawn', () => {
    const [first] = custom({ drawStyle: 'bars', fillOpacity: 40, lineWidth: 3, stacking: { mode: 'percent', group: 'B' }, lineStyle: { fill: 'dash', dash: [4, 2] }, spanNulls: 60_000, showPoints: 'always', hideFrom: { legend: true } }).series;
    expect(first?.style).toMatchObject({
      draw: 'bars', fill: 0.4, width: 3, stack: { group: 'B', percent: true }, dash: [4, 2], spanNulls: 60_000, points: 'always', hideFrom: { legend: true, tooltip: false, viz: false },
    });
  });

  it('fades a fill and leaves out the grid where the panel wants it', () => {
    const { series, left } = custom({ fillOpacity: 10, gradientMode: 'opacity', axisGridShow: false });
    expect([series[0]?.style.gradient, left.gridless]).toEqual([true, true]);
  });

  it('draws straight lines where a file wants curves, and steps where it wants steps', () => {
    expect(custom({ lineInterpolation: 'smooth' }).series[0]?.style.interpolation).toBe('linear');
    expect(custom({ lineInterpolation: 'stepAfter' }).series[0]?.style.interpolation).toBe('stepAfter');
  });

  it('turns values around, or keeps the first', () => {
    expect(custom({ transform: 'negative-Y' }).series[0]?.values).toEqual(Float64Array.of(-1, -2));
    expect(custom({ transform: 'constant' }).series[0]?.values).toEqual(Float64Array.of(1, 1));
  });

  it('puts another unit, and what asks for it, on the right axis', () => {
    const { series, right } = model({ defaults: { unit: 's' }, overrides: [{ matcher: { id: 'byName', options: 'b' }, properties: [{ id: 'unit', value: 'bytes' }] }] });
    expect(series.map(({ style }) => style.axis)).toEqual(['left', 'right']);
    expect(right).toMatchObject({ unit: 'bytes', titled: false });
  });

  it('reads the borders and the scale of an axis', () => {
    expect(custom({ axisSoftMax: 5, axisLabel: 'errors', scaleDistribution: { type: 'log', log: 2 }, axisCenteredZero: true }, { min: 0, unit: 'short' }).left)
      .toEqual({ unit: 'short', min: 0, softMax: 5, label: 'errors', log: 2, centeredZero: true });
  });

  it('draws thresholds as limits with their value, where the panel shows them', () => {
    const thresholds = { mode: 'absolute', steps: [{ value: null, color: 'green' }, { value: 2, color: 'red' }] };
    expect(model({ defaults: { unit: 's', thresholds, custom: { thresholdsStyle: { mode: 'dashed' } } } }).limits).toEqual({
      style: 'dashed', steps: [{ value: -Infinity, color: 'var(--ph-ok-solid)' }, { value: 2, color: 'var(--ph-fire-solid)', label: 'limit 2\u00a0s' }],
    });
    expect(model({ defaults: { thresholds, custom: { thresholdsStyle: { mode: 'off' } } } }).limits).toBeUndefined();
  });

  it('fills down to the series that is named', () => {
    const { series } = model({ overrides: [{ matcher: { id: 'byName', options: 'b' }, properties: [{ id: 'custom.fillBelowTo', value: 'a' }] }] });
    expect(series[1]?.style.fillTo).toBe(series[0]?.key);
  });

  it('gives two series of one name keys of their own', () => {
    expect(new Set(model({}, [seriesFrame('a', [1]), seriesFrame('a', [2])]).series.map(({ key }) => key)).size).toBe(2);
  });

  it('reads the legend', () => {
    expect(model({}, undefined, { legend: { displayMode: 'table', placement: 'right', calcs: ['max', 'p95'] } }).legend).toEqual({ mode: 'table', placement: 'right', calcs: ['max'] });
    expect(model({}, undefined, { legend: { showLegend: false } }).legend.mode).toBe('hidden');
    expect(model({}, undefined, { tooltip: { mode: 'none', sort: 'asc' } })).toMatchObject({ tooltip: 'none', ascending: true });
  });
});

describe('the colour of a series', () => {
  const colour = (fieldConfig: unknown, frames: readonly Frame[]) => model(fieldConfig, frames).series.map((s) => s.color);

  it('belongs to its name, also when others come before it', () => {
    const colors = new SeriesColors();
    const of = (frames: Frame[]) => timeSeriesModel(applyConfig(frames, readFieldConfig({})), {}, colors, 'UTC').series;
    const before = of([seriesFrame('b', [1]), seriesFrame('c', [1])])[0]?.color;
    expect(of([seriesFrame('a', [1]), seriesFrame('b', [1])])[1]?.color).toBe(before);
  });

  it('is that of a state where the only differing label means one', () => {
    expect(colour({}, [seriesFrame('x', [1], { status: '500' }), seriesFrame('y', [1], { status: '404' })])).toEqual(['var(--ph-fire-solid)', 'var(--ph-pend-solid)']);
  });

  it('is the author’s, or that of the threshold that the last value has reached', () => {
    expect(colour({ defaults: { color: { mode: 'fixed', fixedColor: 'purple' } } }, [seriesFrame('x', [1])])).toEqual(['var(--ph-s4)']);
    const thresholds = { mode: 'absolute', steps: [{ value: null, color: 'green' }, { value: 2, color: 'red' }] };
    expect(colour({ defaults: { color: { mode: 'thresholds' }, thresholds } }, [seriesFrame('x', [1, 3])])).toEqual(['var(--ph-fire-solid)']);
  });
});

describe('timedValues', () => {
  it('finds the grid that times after a transformation fit on', () => {
    const times = timeField('Time', Float64Array.of(3000, 1000, 7000));
    const value = numberField('Value', [3, 1, 7]);
    const frame: Frame = { refId: 'A', fields: [times, value], length: 3 };
    const timed = timedValues(frame, value);
    expect(timed?.grid).toEqual({ t0: 1000, step: 2000, length: 4 });
    expect(timed?.values).toEqual(Float64Array.of(1, 3, Number.NaN, 7));
  });

  it('knows no time without one', () => {
    const value = numberField('Value', [3]);
    expect(timedValues({ refId: 'A', fields: [value], length: 1 }, value)).toBeUndefined();
  });
});

describe('toldByAxis', () => {
  it('says the unit once, with the prefix of the axis, and the values without it', () => {
    const { unit, series } = toldByAxis(model({ defaults: { unit: 'bytes' } }, [seriesFrame('a', [3 * 1024 ** 3])]), { from: 0, to: 1000 });
    expect([unit, series[0]?.format(3 * 1024 ** 3)]).toEqual(['GiB', '3.00']);
    expect(toldByAxis(model({}, []), { from: 0, to: 1 }).unit).toBe('');
  });
});
