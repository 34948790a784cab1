import { axisRange, decimalBase, logRange, tickStep, type TickBase } from './axisTicks';

const bytes: TickBase = { kind: 'binary', unit: 1 };
const seconds: TickBase = { kind: 'seconds', unit: 1 };
const milliseconds: TickBase = { kind: 'seconds', unit: 1000 };

describe('axisRange', () => {
  it('begins at zero where zero belongs to it', () => {
    expect(axisRange(61, 74, { zero: true }, decimalBase)).toMatchObject({ min: 0, max: 80, ticks: [0, 20, 40, 60, 80] });
  });

  it('floats with air where zero means nothing', () => {
    const range = axisRange(61, 74, { zero: false }, decimalBase);
    expect(range.min).toBeLessThanOrEqual(61 - 0.65);
    expect(range.max).toBeGreaterThanOrEqual(74 + 0.65);
    expect(range.min).toBeGreaterThan(50);
  });

  it('goes below zero with the data', () => {
    expect(axisRange(-3, 9, { zero: true }, decimalBase)).toMatchObject({ min: -5, max: 10 });
  });

  it.each([[0.37], [1], [7], [43], [99], [101], [2.4e9], [3e-7]])('has three to five lines above the ground up to %d', (max) => {
    const { ticks } = axisRange(0, max, { zero: true }, decimalBase);
    expect(ticks.length - 1).toBeGreaterThanOrEqual(3);
    expect(ticks.length - 1).toBeLessThanOrEqual(5);
  });

  it('takes the borders that a dashboard fixes, and lets data pass soft ones', () => {
    expect(axisRange(0, 43, { zero: true, min: 0, max: 100 }, decimalBase)).toMatchObject({ min: 0, max: 100, ticks: [0, 20, 40, 60, 80, 100] });
    expect(axisRange(0, 0.4, { zero: true, softMax: 1 }, decimalBase).max).toBe(1);
    expect(axisRange(0, 3, { zero: true, softMax: 1 }, decimalBase).max).toBe(3);
  });

  it('shows a flat line and no data at all within a range', () => {
    expect(axisRange(0, 0, { zero: true }, decimalBase)).toMatchObject({ min: 0, max: 1 });
    expect(axisRange(Infinity, -Infinity, { zero: true }, decimalBase)).toMatchObject({ min: 0, max: 1 });
    const flat = axisRange(20, 20, { zero: false }, decimalBase);
    expect(flat.min).toBeLessThan(20);
    expect(flat.max).toBeGreaterThan(20);
    expect(axisRange(0, 5, { zero: true, min: 10, max: 10 }, decimalBase)).toMatchObject({ min: 10, max: 11 });
  });
});

describe('tickStep', () => {
  it('counts bytes in powers of two', () => {
    expect(tickStep(3 * 1024 ** 3, bytes)).toBe(1024 ** 3);
    expect(tickStep(1000, bytes)).toBe(256);
  });

  it('counts seconds by the clock, in whatever unit they are', () => {
    expect(tickStep(240, seconds)).toBe(60);
    expect(tickStep(50, seconds)).toBe(10);
    expect(tickStep(0.2, seconds)).toBe(0.05);
    expect(tickStep(240_000, milliseconds)).toBe(60_000);
    expect(tickStep(86400 * 30, seconds)).toBe(86400 * 10);
  });

  it('counts in the unit that is shown', () => {
    expect(tickStep(0.05, { kind: 'decimal', unit: 1 / 60 })).toBeCloseTo(1 / 60, 10);
  });
});

describe('logRange', () => {
  it('reaches over whole powers', () => {
    expect(logRange(3, 4200, { zero: false }, 10)).toMatchObject({ min: 1, max: 10_000, ticks: [1, 10, 100, 1000, 10_000] });
  });

  it('has no place for zero', () => {
    expect(logRange(0, 500, { zero: true }, 10).min).toBeGreaterThan(0);
  });
});
