import { makeScale } from '../lib/formatValue';
import { findUnit } from '../lib/units';
import type { AxisRange, TickBase } from './axisTicks';
import { decimalBase } from './axisTicks';
import type { AxisSpec } from './seriesModel';

/** Units whose zero means nothing: only these may float. */
const floating = /^(celsius|fahrenheit|kelvin|degree|radian|dB|dBm|dateTime.*|pressure.*|ph|latitude|longitude|geohash|time:.*)$/;

export function wantsZero(unit: string | undefined): boolean {
  return unit === undefined || !floating.test(unit);
}

/** What the steps of an axis count, for values up to `magnitude`: 0, 20, 40 of the prefix that is shown. */
export function tickBaseOf(unit: string | undefined, magnitude: number): TickBase {
  const found = findUnit(unit);
  if (found.durationMs !== undefined) {
    return { kind: 'seconds', unit: 1000 / found.durationMs };
  }
  if (found.steps.some((step) => step.suffix.startsWith('Ki'))) {
    return { kind: 'binary', unit: 1 };
  }
  const known = Number.isFinite(magnitude) ? magnitude : 0;
  const step = found.steps.reduce((best, candidate) => (known >= candidate.from ? candidate : best), found.steps[0] ?? { from: 0, divisor: 1, suffix: '' });
  return known === 0 ? decimalBase : { kind: 'decimal', unit: step.divisor };
}

/** Prefixes of a count are no unit: they stay on the ticks. */
const bareSuffix = /^[kMGT]?$/;
const suffixWords: Readonly<Record<string, string>> = { s: 'seconds', ms: 'milliseconds', 'µs': 'microseconds', ns: 'nanoseconds' };

function scaleOf(spec: AxisSpec, range: AxisRange): ReturnType<typeof makeScale> {
  const largest = Math.max(Math.abs(range.min), Math.abs(range.max));
  return makeScale(spec.unit, largest, spec.log === undefined ? range.step : range.min);
}

/** Below this a value on the scale of an axis has fewer than two digits left: then it is told in its own size. */
const toldApart = 0.95;

/**
 * How values are told beside an axis: on its scale, with equal decimals and without the unit that the title says. What is too small for that
 * scale has its own prefix and unit.
 */
export function valueFormat(spec: AxisSpec, range: AxisRange, own: (value: number) => string): (value: number) => string {
  const suffix = axisUnit(spec, range);
  const largest = Math.max(Math.abs(range.min), Math.abs(range.max));
  if (suffix === '' || spec.label !== undefined || spec.log !== undefined || spec.decimals !== undefined) {
    return own;
  }
  const unit = scaledUnit(spec.unit, largest);
  const decimals = Math.max(0, Math.min(6, 2 - Math.floor(Math.log10(largest / unit))));
  const scale = makeScale(spec.unit, largest, largest, decimals);
  return (value) => {
    const isLost = value !== 0 && Math.abs(value) / unit * 10 ** decimals < toldApart;
    const text = isLost || !Number.isFinite(value) ? own(value) : scale.format(value);
    // A time in another prefix ends alike: 4 ms is no 4 m.
    return text.endsWith(`\u00a0${scale.suffix}`) || !isLost && text.endsWith(scale.suffix) ? text.slice(0, -scale.suffix.length).trimEnd() : text;
  };
}

/** One of the unit that is shown, in values. */
function scaledUnit(unit: string | undefined, largest: number): number {
  const found = findUnit(unit);
  if (found.durationMs === undefined) {
    return found.steps.reduce((best, step) => (largest >= step.from ? step.divisor : best), found.steps[0]?.divisor ?? 1);
  }
  const ms = largest * found.durationMs;
  return (ms >= 999.5 ? 1000 : ms >= 0.1 ? 1 : ms >= 1e-4 ? 1e-3 : 1e-6) / found.durationMs;
}

/** The unit that stands once, beside the title; empty when the ticks say it themselves. */
export function axisUnit(spec: AxisSpec, range: AxisRange): string {
  if (spec.label !== undefined && spec.label !== '') {
    return spec.label;
  }
  const { suffix } = scaleOf(spec, range);
  return bareSuffix.test(suffix) || spec.log !== undefined ? '' : suffixWords[suffix] ?? suffix;
}

/** Labels of ticks, with one prefix for all of them; without the unit when the title has it. */
export function axisLabels(ticks: readonly number[], spec: AxisSpec, range: AxisRange): string[] {
  const scale = scaleOf(spec, range);
  if (spec.log !== undefined) {
    return ticks.map((tick) => makeScale(spec.unit, tick, tick).format(tick));
  }
  const strip = axisUnit(spec, range) !== '' && !bareSuffix.test(scale.suffix) && spec.titled !== false;
  return ticks.map((tick) => {
    const text = scale.format(tick);
    return strip && text.endsWith(scale.suffix) ? text.slice(0, -scale.suffix.length).trimEnd() : text;
  });
}
