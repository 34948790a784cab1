/** How the steps of an axis count: tens, powers of two (for bytes), or the clock. */
export interface TickBase {
  readonly kind: 'decimal' | 'binary' | 'seconds';
  /** The size of what is counted, in values: one of the shown unit, or one second. */
  readonly unit: number;
}

export const decimalBase: TickBase = { kind: 'decimal', unit: 1 };

export interface RangeWish {
  /** Fixed borders. */
  readonly min?: number;
  readonly max?: number;
  /** Borders that data may pass. */
  readonly softMin?: number;
  readonly softMax?: number;
  /** Zero belongs to the axis. */
  readonly zero: boolean;
}

export interface AxisRange {
  readonly min: number;
  readonly max: number;
  /** Ascending, each within the range. */
  readonly ticks: readonly number[];
  readonly step: number;
}

const secondSteps = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10800, 21600, 43200, 86400];
/** Lines above the ground, at most. */
const maxLines = 5;

/**
 * The range of an axis and its three to five lines above the ground. Borders that nobody fixed are rounded out to a step, so the first and last line
 * are where the axis ends; a range that does not hold zero gets 5 % of air.
 */
export function axisRange(dataMin: number, dataMax: number, wish: RangeWish, base: TickBase): AxisRange {
  const known = Number.isFinite(dataMin) && Number.isFinite(dataMax);
  let low = known ? dataMin : 0;
  let high = known ? dataMax : 0;
  if (wish.zero) {
    low = Math.min(low, 0);
    high = Math.max(high, 0);
  } else if (known) {
    const air = (high - low) * 0.05;
    low -= air;
    high += air;
  }
  low = Math.min(low, wish.softMin ?? low);
  high = Math.max(high, wish.softMax ?? high);
  low = wish.min ?? low;
  high = wish.max ?? high;
  if (!(high > low)) {
    [low, high] = widened(low, high, wish);
  }
  const step = tickStep(high - low, base);
  const min = low === wish.min ? low : Math.floor(low / step + 1e-9) * step;
  const max = high === wish.max ? high : Math.ceil(high / step - 1e-9) * step;
  return { min: clean(min), max: clean(max), ticks: ticksWithin(min, max, step), step };
}

function widened(low: number, high: number, wish: RangeWish): [number, number] {
  if (wish.min !== undefined && wish.max !== undefined) {
    return [wish.min, wish.min + 1];
  }
  const width = low === 0 ? 1 : Math.abs(low) * 0.1;
  if (wish.max !== undefined) {
    return [high - width, high];
  }
  return wish.zero || wish.min !== undefined ? [low, low + width] : [low - width, low + width];
}

/** The smallest natural step that cuts `span` into at most five parts. */
export function tickStep(span: number, base: TickBase): number {
  const least = span / maxLines * (1 - 1e-9);
  const counted = least / base.unit;
  if (base.kind === 'seconds' && counted > 0.5) {
    const found = secondSteps.find((step) => step >= counted);
    return base.unit * (found ?? 86400 * decimalStep(counted / 86400));
  }
  if (base.kind === 'binary' && least > 1) {
    return 2 ** Math.ceil(Math.log2(least) - 1e-9);
  }
  return base.unit * decimalStep(counted);
}

function decimalStep(least: number): number {
  const power = 10 ** Math.floor(Math.log10(least) + 1e-12);
  for (const factor of [1, 2, 2.5, 5]) {
    if (factor * power >= least * (1 - 1e-9)) {
      return clean(factor * power);
    }
  }
  return clean(10 * power);
}

function ticksWithin(min: number, max: number, step: number): number[] {
  const ticks: number[] = [];
  const first = Math.ceil(min / step - 1e-9);
  for (let i = first; ticks.length < 12; i++) {
    const tick = clean(i * step);
    if (tick > max + step * 1e-9) {
      break;
    }
    ticks.push(tick);
  }
  return ticks;
}

/** Powers within the range; when there are more than five, every second, third ... of them. */
export function logTicks(min: number, max: number, base: 2 | 10): number[] {
  const log = (value: number): number => Math.log(value) / Math.log(base);
  const first = Math.ceil(log(min) - 1e-9);
  const last = Math.floor(log(max) + 1e-9);
  const every = Math.max(1, Math.ceil((last - first + 1) / (maxLines + 1)));
  const ticks: number[] = [];
  for (let power = first; power <= last; power += every) {
    ticks.push(clean(base ** power));
  }
  return ticks;
}

/** The range of a logarithmic axis: whole powers around what is above zero. */
export function logRange(dataMin: number, dataMax: number, wish: RangeWish, base: 2 | 10): AxisRange {
  const high = wish.max !== undefined && wish.max > 0 ? wish.max : dataMax > 0 ? dataMax : base;
  const low = wish.min !== undefined && wish.min > 0 ? wish.min : dataMin > 0 ? Math.min(dataMin, high) : high / base ** 3;
  const down = wish.min !== undefined && wish.min > 0 ? low : base ** Math.floor(Math.log(low) / Math.log(base) + 1e-9);
  let up = wish.max !== undefined && wish.max > 0 ? high : base ** Math.ceil(Math.log(high) / Math.log(base) - 1e-9);
  if (!(up > down)) {
    up = down * base;
  }
  return { min: clean(down), max: clean(up), ticks: logTicks(down, up, base), step: base };
}

/** Takes off the dust of binary fractions: 0.30000000000000004 is 0.3. */
function clean(value: number): number {
  return Number(value.toPrecision(12));
}
