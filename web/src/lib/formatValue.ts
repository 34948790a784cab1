import { formatDuration } from './formatDuration';
import { formatFixed, formatSignificant, NBSP } from './formatNumber';
import { formatAge, formatDateTime } from './formatTime';
import { findUnit, type Unit, type UnitStep } from './units';

export interface ValueOptions {
  /** As the author of a panel set them; three significant digits without. */
  readonly decimals?: number | undefined;
  /** No prefix: tables show 41,206 where a chart shows 41.2 k. */
  readonly full?: boolean | undefined;
  /** For units that are a time. */
  readonly zone?: string | undefined;
  readonly now?: number | undefined;
}

export interface ValueParts {
  readonly prefix: string;
  readonly number: string;
  /** Without the space before it. */
  readonly suffix: string;
  /** What stands between number and suffix. */
  readonly glue: string;
}

/** The one way a value becomes text: axis, tooltip, table, stat and message previews. `undefined` is a missing one, and never zero. */
export function formatValue(value: number | null | undefined, unit?: string, options: ValueOptions = {}): string {
  const { prefix, number, glue, suffix } = formatParts(value, unit, options);
  return suffix === '' ? prefix + number : prefix + number + glue + suffix;
}

/** As {@link formatValue}, apart: a stat draws its unit smaller. */
export function formatParts(value: number | null | undefined, unit?: string, options: ValueOptions = {}): ValueParts {
  if (value === null || value === undefined) {
    return bare('–');
  }

  if (!Number.isFinite(value)) {
    return bare(Number.isNaN(value) ? 'NaN' : value > 0 ? '∞' : '-∞');
  }

  const found = findUnit(unit);
  if (found.words !== undefined) {
    return bare(value === 0 ? found.words[0] : found.words[1]);
  }

  if (found.time !== undefined) {
    return bare(found.time === 'fromNow' ? formatAge(value, options.now ?? Date.now()) : formatDateTime(value, options.zone));
  }

  return found.durationMs === undefined
    ? scaled(value, found, stepOf(found, Math.abs(value), options.full ?? false), options.decimals)
    : ofDuration(value * found.durationMs, options.decimals);
}

export interface ValueScale {
  /** Beside the title when it is not on every tick. */
  readonly suffix: string;
  format(value: number): string;
}

/**
 * One prefix and equal decimals for a whole axis or column.
 * @param largest The greatest magnitude that is shown.
 * @param spacing The distance of neighbouring ticks: it says how many decimals tell them apart.
 */
export function makeScale(unit: string | undefined, largest: number, spacing: number, decimals?: number): ValueScale {
  const found = findUnit(unit);
  if (found.words !== undefined || found.time !== undefined || (found.durationMs !== undefined && largest * found.durationMs >= 60_000)) {
    return { suffix: '', format: (value) => formatValue(value, unit, { decimals }) };
  }

  const step = found.durationMs === undefined ? stepOf(found, largest, false) : durationStep(largest * found.durationMs, found.durationMs);
  const shown = decimals ?? decimalsFor(spacing / step.divisor);
  const glue = found.tight === true ? '' : NBSP;
  return {
    suffix: step.suffix,
    format: (value) => {
      const number = formatFixed(value / step.divisor, shown);
      return (found.prefix ?? '') + (step.suffix === '' ? number : number + glue + step.suffix);
    },
  };
}

function decimalsFor(spacing: number): number {
  if (!(spacing > 0) || !Number.isFinite(spacing)) {
    return 0;
  }

  // 0.25 needs two, 0.5 one: as many as the spacing itself has, within reason.
  for (let decimals = 0; decimals < 9; decimals++) {
    if (Math.abs(spacing - Number(spacing.toFixed(decimals))) < spacing * 1e-6) {
      return decimals;
    }
  }

  return Math.max(0, 1 - Math.floor(Math.log10(spacing)));
}

function stepOf(unit: Unit, magnitude: number, full: boolean): UnitStep {
  const [first] = unit.steps;
  const counts = unit.steps.find((step) => step.divisor === 1) ?? first;
  const isBytes = unit.steps.some((step) => step.suffix.startsWith('K') || step.suffix.startsWith('kB') || step.suffix.startsWith('kb'));
  if (full && !isBytes && counts !== undefined && magnitude >= counts.from) {
    return counts;
  }

  let chosen = first;
  for (const step of unit.steps) {
    if (magnitude >= step.from) {
      chosen = step;
    }
  }

  // Zero has no size to tell a prefix from.
  return (magnitude === 0 ? counts : chosen) ?? { from: 0, divisor: 1, suffix: '' };
}

function scaled(value: number, unit: Unit, step: UnitStep, decimals: number | undefined): ValueParts {
  const number = value / step.divisor;
  return {
    prefix: unit.prefix ?? '',
    number: decimals === undefined ? formatSignificant(number) : formatFixed(number, decimals),
    suffix: step.suffix,
    glue: unit.tight === true || step.suffix === '' ? '' : NBSP,
  };
}

function ofDuration(ms: number, decimals: number | undefined): ValueParts {
  if (decimals !== undefined && Math.abs(ms) < 60_000) {
    const step = durationStep(Math.abs(ms), 1);
    return { prefix: '', number: formatFixed(ms / step.divisor, decimals), suffix: step.suffix, glue: NBSP };
  }

  const text = formatDuration(ms);
  const split = text.lastIndexOf(NBSP);
  return split < 0 ? bare(text) : { prefix: '', number: text.slice(0, split), suffix: text.slice(split + 1), glue: NBSP };
}

function durationStep(largestMs: number, unitMs: number): UnitStep {
  const suffix = largestMs >= 999.5 || largestMs === 0 ? 's' : largestMs >= 0.1 ? 'ms' : largestMs >= 1e-4 ? 'µs' : 'ns';
  const ms = { s: 1000, ms: 1, µs: 1e-3, ns: 1e-6 }[suffix];
  return { from: 0, divisor: ms / unitMs, suffix };
}

function bare(number: string): ValueParts {
  return { prefix: '', number, suffix: '', glue: '' };
}
