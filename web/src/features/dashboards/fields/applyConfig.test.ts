import { displayNameOf } from './displayName';
import { applyConfig } from './applyConfig';
import { readFieldConfig } from './fieldConfig';
import { seriesFrame, tableFrame } from './testFrames';

function configs(overrides: unknown[], frames = [seriesFrame('/api/stats', [1, 2], { path: '/api/stats' }), seriesFrame('/login', [0, 0], { path: '/login' }, 'B')]) {
  return applyConfig(frames, readFieldConfig({ defaults: { unit: 's', custom: { lineWidth: 1 } }, overrides }));
}

const unitOf = (frames: ReturnType<typeof configs>, frame: number, field = 1) => frames[frame]?.fields[field]?.config.unit;
const override = (id: string, options: unknown, value = 'bytes') => ({ matcher: { id, options }, properties: [{ id: 'unit', value }] });

describe('applyConfig', () => {
  it('gives every field the defaults', () => {
    const frames = configs([]);
    expect(unitOf(frames, 0)).toBe('s');
    expect(frames[1]?.fields[1]?.config.custom).toEqual({ lineWidth: 1 });
    expect(unitOf(frames, 0, 0)).toBe('dateTimeAsIso');
  });

  it.each([
    ['byName', '/login', ['s', 'bytes']],
    ['byNames', { names: ['/login', '/gone'] }, ['s', 'bytes']],
    ['byNames', { names: ['/login'], mode: 'exclude' }, ['bytes', 's']],
    ['byRegexp', '/^.api/', ['bytes', 's']],
    ['byRegexp', 'log.*', ['s', 'bytes']],
    ['byRegexp', '/(/', ['s', 's']],
    ['byFrameRefID', 'B', ['s', 'bytes']],
    ['byType', 'number', ['bytes', 'bytes']],
    ['byValue', { reducer: 'max', op: 'gte', value: 2 }, ['bytes', 's']],
    ['byValue', { reducer: 'allIsZero', op: 'gte', value: 0 }, ['s', 'bytes']],
    ['byMagic', 'x', ['s', 's']],
  ])('overrides %s %j', (id, options, expected) => {
    const frames = configs([override(id, options)]);
    expect([unitOf(frames, 0), unitOf(frames, 1)]).toEqual(expected);
  });

  it('lets the later of two overrides win', () => {
    expect(unitOf(configs([override('byName', '/login'), override('byType', 'number', 'ms')]), 1)).toBe('ms');
  });

  it('sets what belongs to the panel at its path and keeps the rest', () => {
    const frames = configs([{ matcher: { id: 'byName', options: '/login' }, properties: [{ id: 'custom.stacking.group', value: 'B' }, { id: 'custom.fillOpacity', value: 20 }] }]);
    expect(frames[1]?.fields[1]?.config.custom).toEqual({ lineWidth: 1, stacking: { group: 'B' }, fillOpacity: 20 });
  });

  it('finds the values of one query of a table by their name', () => {
    const frames = configs([override('byName', 'Value #A')], [tableFrame({ instance: ['a'], 'Value #A': [1] })]);
    expect(unitOf(frames, 0)).toBe('bytes');
  });
});

describe('displayNameOf', () => {
  const named = (displayName: string) => {
    const [frame] = applyConfig([seriesFrame('legend', [1], { path: '/a', pod: 'p1' })], readFieldConfig({ defaults: { displayName } }));
    const field = frame?.fields[1];
    return frame === undefined || field === undefined ? '' : displayNameOf(frame, field);
  };

  it.each([
    ['', 'legend'],
    ['total', 'total'],
    ['${__field.labels.path} on ${__field.labels["pod"]}', '/a on p1'],
    ['${__series.name}', 'legend'],
    ['${__field.name}', 'Value'],
    ['${__field.labels.gone}!', '!'],
    ['${unknown}', '${unknown}'],
  ])('%j is %j', (template, expected) => {
    expect(named(template)).toBe(expected);
  });

  it('makes a name of the labels when there is no legend', () => {
    const frame = seriesFrame('', [1], { __name__: 'up', job: 'x' });
    const field = frame.fields[1];
    expect(field === undefined ? '' : displayNameOf(frame, field)).toBe('up{job="x"}');
  });
});
