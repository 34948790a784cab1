/** Points of a line through values of equal distance in a box; parts between gaps are their own. */
export interface SparkShape {
  readonly line: string;
  readonly area: string;
  /** The last value. */
  readonly end?: { readonly x: number; readonly y: number };
  /** Height of the limit, when it is within the box. */
  readonly limit?: number;
}

const inset = 3;

export function sparkShape(values: Float64Array, width: number, height: number, fixed: { min?: number; max?: number; limit?: number } = {}): SparkShape {
  let min = fixed.min ?? Infinity;
  let max = fixed.max ?? -Infinity;
  for (const value of values) {
    if (Number.isFinite(value)) {
      min = fixed.min ?? Math.min(min, value);
      max = fixed.max ?? Math.max(max, value);
    }
  }
  if (!Number.isFinite(min) || !Number.isFinite(max)) {
    return { line: '', area: '' };
  }
  if (fixed.min === undefined && min > 0) {
    min = 0;
  }
  if (fixed.limit !== undefined && fixed.max === undefined) {
    max = Math.max(max, fixed.limit);
  }
  const span = max > min ? max - min : 1;
  const x = (index: number): number => (values.length < 2 ? width / 2 : inset + index / (values.length - 1) * (width - 2 * inset));
  const y = (value: number): number => height - inset - Math.max(0, Math.min(1, (value - min) / span)) * (height - 2 * inset);
  return { ...paths(values, x, y, height), ...(fixed.limit === undefined || fixed.limit < min || fixed.limit > max ? {} : { limit: round(y(fixed.limit)) }) };
}

function paths(values: Float64Array, x: (index: number) => number, y: (value: number) => number, height: number): SparkShape {
  let line = '';
  let area = '';
  let start: number | undefined;
  let end: { x: number; y: number } | undefined;
  const close = (last: number): void => {
    if (start !== undefined) {
      area += `L${round(x(last))} ${height}L${round(x(start))} ${height}Z`;
      start = undefined;
    }
  };
  values.forEach((value, i) => {
    if (!Number.isFinite(value)) {
      close(i - 1);
      return;
    }
    const point = `${round(x(i))} ${round(y(value))}`;
    line += `${start === undefined ? 'M' : 'L'}${point}`;
    area += `${start === undefined ? 'M' : 'L'}${point}`;
    start ??= i;
    end = { x: round(x(i)), y: round(y(value)) };
  });
  close(values.length - 1);
  return end === undefined ? { line, area } : { line, area, end };
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
