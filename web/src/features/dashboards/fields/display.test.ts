import { absoluteSteps, activeStep, displayValue } from './display';
import { readFieldConfig } from './fieldConfig';

const zone = { zone: 'UTC' };
const config = (defaults: unknown) => readFieldConfig({ defaults }).defaults;
const shown = (defaults: unknown, value: number | string | null, isNaNValue = false) => displayValue(config(defaults), value, zone, isNaNValue).text;

describe('displayValue', () => {
  it('shows the number in its unit with the decimals that were asked for', () => {
    expect(shown({ unit: 'percentunit' }, 0.1243)).toBe('12.4\u00a0%');
    expect(shown({ unit: 'percentunit', decimals: 2 }, 0.1243)).toBe('12.43\u00a0%');
  });

  it('never shows zero for what is not there', () => {
    expect(shown({}, null)).toBe('–');
    expect(shown({ noValue: 'no requests' }, null)).toBe('no requests');
    expect(shown({}, null, true)).toBe('NaN');
  });

  it('maps single values, ranges, patterns and special ones', () => {
    const mappings = [
      { type: 'value', options: { 1: { text: 'up', color: 'green' }, 0: { text: 'down', color: 'red' } } },
      { type: 'range', options: { from: 2, to: 9, result: { text: 'some' } } },
      { type: 'regex', options: { pattern: '/^pod-(.*)$/', result: { text: 'the $1' } } },
      { type: 'special', options: { match: 'null+nan', result: { text: 'N/A' } } },
      { type: 'special', options: { match: 'true', result: { text: 'yes' } } },
    ];
    expect(displayValue(config({ mappings }), 0, zone)).toMatchObject({ text: 'down', color: 'var(--ph-fire-solid)' });
    expect([1, 5, 12, 'pod-a', null, 'true'].map((value) => shown({ mappings }, value))).toEqual(['up', 'some', '12', 'the a', 'N/A', 'yes']);
    expect(shown({ mappings }, null, true)).toBe('N/A');
  });

  it('colours by the threshold that the value has reached', () => {
    const thresholds = { mode: 'absolute', steps: [{ value: null, color: 'green' }, { value: 80, color: 'red' }] };
    expect(displayValue(config({ thresholds }), 79, zone).color).toBe('var(--ph-ok-solid)');
    expect(displayValue(config({ thresholds }), 80, zone)).toMatchObject({ color: 'var(--ph-fire-solid)', textColor: 'var(--ph-fire)' });
  });

  it('takes a fixed colour, a place on a scale, or none for a palette', () => {
    expect(displayValue(config({ color: { mode: 'fixed', fixedColor: '#123456' } }), 1, zone).color).toBe('#123456');
    expect(displayValue(config({ color: { mode: 'continuous-GrYlRd' }, min: 0, max: 1 }), 0.25, zone).color)
      .toBe('color-mix(in srgb, var(--ph-pend-solid) 50%, var(--ph-ok-solid))');
    expect(displayValue(config({ color: { mode: 'palette-classic' } }), 1, zone).color).toBeUndefined();
  });

  it('takes nothing for a colour that could be another style', () => {
    expect(displayValue(config({ color: { mode: 'fixed', fixedColor: 'url(//evil)' } }), 1, zone).color).toBe('var(--ph-mute-solid)');
  });
});

describe('thresholds in percent', () => {
  const percentage = config({ min: 0, max: 200, thresholds: { mode: 'percentage', steps: [{ value: null, color: 'green' }, { value: 50, color: 'red' }] } });

  it('are shares between the borders', () => {
    expect(activeStep(percentage, 99, {})?.color).toBe('green');
    expect(activeStep(percentage, 100, {})?.color).toBe('red');
    expect(absoluteSteps(percentage, {}).map((step) => step.value)).toEqual([-Infinity, 100]);
  });
});
