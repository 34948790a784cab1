import { formatParts, formatValue, makeScale } from './formatValue';

const n = '\u00a0';

describe('formatValue', () => {
  it.each([
    ['short', 12.43, '12.4'],
    ['short', 0.6149, '0.615'],
    ['short', 1204, '1,204'],
    ['short', 82_000, `82${n}k`],
    ['short', 1_130_000, `1.13${n}M`],
    ['bytes', 612 * 1024, `612${n}KiB`],
    ['bytes', 1.5 * 1024 ** 3, `1.5${n}GiB`],
    ['none', 41_206, '41,206'],
    ['percentunit', 0.124, `12.4${n}%`],
    ['s', 2.31, `2.31${n}s`],
    ['ops', 142, `142${n}ops/s`],
    ['percent', 12.43, `12.4${n}%`],
    ['ms', 84, `84${n}ms`],
    ['Bps', 3_100_000, `3.1${n}MB/s`],
    ['decbytes', 3_100_000_000, `3.1${n}GB`],
    ['pps', 12, `12${n}p/s`],
    ['reqps', 142, `142${n}req/s`],
    ['bps', 1_000_000, `1${n}Mb/s`],
    ['dtdurations', 11_100, `3${n}h 5${n}m`],
    ['rps', 3, `3${n}rd/s`],
    ['binBps', 2048, `2${n}KiB/s`],
    ['cps', 5, `5${n}c/s`],
    ['iops', 500, `500${n}io/s`],
    ['', 7, '7'],
    ['string', 7, '7'],
  ])('writes one of the twenty units of most panels: %s of %d', (unit, value, expected) => {
    expect(formatValue(value, unit)).toBe(expected);
  });

  it.each([
    ['items/sec', 3, `3${n}items/sec`],
    ['suffix:rows', 3, `3${n}rows`],
    ['prefix:~', 3, '~3'],
    ['si:Pa', 2500, `2.5${n}kPa`],
    ['currencyEUR', 12, '€12'],
    ['celsius', 21.5, `21.5${n}°C`],
    ['degree', 45, '45°'],
    ['hertz', 2_400_000_000, `2.4${n}GHz`],
    ['µs', 400, `0.4${n}ms`],
    ['constructor', 3, `3${n}constructor`],
  ])('takes any other unit: %s', (unit, value, expected) => {
    expect(formatValue(value, unit)).toBe(expected);
  });

  it('tells missing, not a number, infinite and zero apart', () => {
    expect([null, undefined, Number.NaN, Infinity, -Infinity, 0].map((value) => formatValue(value, 'percent'))).toEqual(['–', '–', 'NaN', '∞', '-∞', `0${n}%`]);
  });

  it('tells slow rates by the minute or the hour', () => {
    expect(formatValue(0.05, 'ps')).toBe('3/min');
    expect(formatValue(3 / 3600, 'ps')).toBe('3/h');
    expect(formatValue(0, 'ps')).toBe('0/s');
    expect(formatValue(142, 'ps')).toBe('142/s');
  });

  it('shows counts in full where tables want them', () => {
    expect(formatValue(41_206, 'short', { full: true })).toBe('41,206');
    expect(formatValue(3_100_000_000, 'decbytes', { full: true })).toBe(`3.1${n}GB`);
  });

  it('keeps the decimals that the author of a panel asked for', () => {
    expect(formatValue(12, 'percent', { decimals: 2 })).toBe(`12.00${n}%`);
    expect(formatValue(0.5, 's', { decimals: 0 })).toBe(`500${n}ms`);
    expect(formatValue(-0.001, 'none', { decimals: 1 })).toBe('0.0');
  });

  it('changes the prefix where rounding would show the next one', () => {
    expect(formatValue(999_999, 'decbytes')).toBe(`1${n}MB`);
    expect(formatValue(1023.9, 'bytes')).toBe(`1${n}KiB`);
  });

  it('says words and times where the unit is one', () => {
    expect(formatValue(1, 'bool_yes_no')).toBe('Yes');
    expect(formatValue(Date.UTC(2026, 10, 20, 10, 24, 30), 'dateTimeAsIso')).toBe('2026-11-20 10:24:30');
    expect(formatValue(1000, 'dateTimeFromNow', { now: 61_000 })).toBe(`1${n}m`);
  });

  it('gives a stat its number and unit apart', () => {
    expect(formatParts(0.124, 'percentunit')).toEqual({ prefix: '', number: '12.4', suffix: '%', glue: n });
    expect(formatParts(250, 's')).toEqual({ prefix: '', number: `4${n}m 10`, suffix: 's', glue: n });
  });
});

describe('makeScale', () => {
  it('has one prefix and equal decimals for a whole axis', () => {
    const scale = makeScale('bytes', 3 * 1024 ** 2, 1024 ** 2 / 2);
    expect([0, 524_288, 1_048_576, 3_145_728].map(scale.format)).toEqual([`0.0${n}MiB`, `0.5${n}MiB`, `1.0${n}MiB`, `3.0${n}MiB`]);
    expect(scale.suffix).toBe('MiB');
  });

  it('tells neighbouring ticks apart', () => {
    expect([0, 0.25, 0.5].map(makeScale('none', 1, 0.25).format)).toEqual(['0.00', '0.25', '0.50']);
    expect([0, 20, 40].map(makeScale('short', 80, 20).format)).toEqual(['0', '20', '40']);
    expect(makeScale('none', 1, 0).format(1)).toBe('1');
  });

  it('shows durations by the size of the greatest', () => {
    expect([0, 0.5, 2.5].map(makeScale('s', 2.5, 0.5).format)).toEqual([`0.0${n}s`, `0.5${n}s`, `2.5${n}s`]);
    expect(makeScale('s', 0.04, 0.01).format(0.03)).toBe(`30${n}ms`);
    expect(makeScale('s', 600, 120).format(240)).toBe(`4${n}m`);
  });
});
