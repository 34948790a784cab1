import { axisRange } from './axisTicks';
import { axisLabels, axisUnit, tickBaseOf, valueFormat, wantsZero } from './axisUnits';

function axis(unit: string, max: number, titled = true) {
  const range = axisRange(0, max, { zero: true }, tickBaseOf(unit, max));
  const spec = { unit, titled };
  return { unit: axisUnit(spec, range), labels: axisLabels(range.ticks, spec, range) };
}

describe('an axis', () => {
  it('says its unit once', () => {
    expect(axis('s', 2.4)).toEqual({ unit: 'seconds', labels: ['0.0', '0.5', '1.0', '1.5', '2.0', '2.5'] });
    expect(axis('reqps', 74)).toMatchObject({ unit: 'req/s', labels: ['0', '20', '40', '60', '80'] });
  });

  it('has one prefix for all its ticks', () => {
    expect(axis('bytes', 3.2 * 1024 ** 3)).toMatchObject({ unit: 'GiB', labels: ['0', '1', '2', '3', '4'] });
    expect(axis('Bps', 3.2e6)).toMatchObject({ unit: 'MB/s', labels: ['0', '1', '2', '3', '4'] });
  });

  it('says percent on every tick where no title does', () => {
    expect(axis('percentunit', 0.13, false).labels).toEqual(['0 %', '5 %', '10 %', '15 %'].map((text) => text.replace(' ', '\u00a0')));
  });

  it('keeps the prefix of a count on the ticks', () => {
    expect(axis('short', 74_000)).toMatchObject({ unit: '' });
    expect(axis('short', 74_000).labels[1]).toBe('20\u00a0k');
  });

  it('needs no decimals that its steps do not have', () => {
    const range = axisRange(0, 100, { zero: true }, tickBaseOf('percent', 100));
    expect(axisLabels(range.ticks, { unit: 'percent', decimals: 2 }, range)).toEqual(['0', '20', '40', '60', '80', '100']);
  });

  it('begins at zero but for units whose zero means nothing', () => {
    expect(wantsZero('reqps')).toBe(true);
    expect(wantsZero(undefined)).toBe(true);
    expect(wantsZero('celsius')).toBe(false);
  });
});

describe('valueFormat', () => {
  const format = (unit: string, max: number, value: number) => {
    const range = axisRange(0, max, { zero: true }, tickBaseOf(unit, max));
    return valueFormat({ unit }, range, (own) => `${own} in its own size`)(value);
  };

  it('tells values with equal decimals and without the unit that the title says', () => {
    expect([46.2, 8.21, 3].map((value) => format('reqps', 74, value))).toEqual(['46.2', '8.2', '3.0']);
    expect([1.27, 0.25].map((value) => format('s', 2.4, value))).toEqual(['1.27', '0.25']);
  });

  it('tells what is too small for the scale in its own size', () => {
    expect(format('s', 2.4, 0.0047)).toBe('0.0047 in its own size');
    expect(format('s', 2.4, 0)).toBe('0.00');
  });

  it('leaves values alone where no title says the unit', () => {
    expect(format('short', 74_000, 5)).toBe('5 in its own size');
  });
});
