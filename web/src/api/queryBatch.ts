import { requestLines } from './http';

/** Shapes of docs/api.md, "Questions". */

export interface BatchQuery {
  readonly id: string;
  readonly expr: string;
  readonly instant?: boolean;
  readonly minIntervalMs?: number;
  readonly intervalMs?: number;
  readonly maxDataPoints?: number;
  readonly legendFormat?: string;
  readonly maxSeries?: number;
}

/** A native histogram: what was observed, counted by where it lay. */
export interface ResultHistogram {
  /** How many values of the series are histograms: this is the newest of them. */
  readonly values: number;
  /** Its place in the column of values, which has none there. */
  readonly step: number;
  readonly count: number;
  readonly sum: number;
  /** From the lowest on, without those that are empty. */
  readonly buckets: readonly HistogramBucket[];
  readonly limited?: { readonly shown: number; readonly total: number };
}

export interface HistogramBucket {
  readonly lower: number;
  readonly upper: number;
  /** Whether what equals the bound is counted here. */
  readonly isLowerIn: boolean;
  readonly isUpperIn: boolean;
  readonly count: number;
}

/** A warning, or something that is good to know. */
export interface QueryRemark {
  readonly text: string;
  /** The part of the query that it is about. */
  readonly place?: { readonly offset: number; readonly length: number };
}

export interface ResultSeries {
  readonly labels: Readonly<Record<string, string>>;
  readonly name: string;
  /** `NaN` where there is no value. */
  readonly values: Float64Array;
  /** Where the value is there and not a number: 0 ÷ 0. */
  readonly notNumbers?: ReadonlySet<number>;
  /** Where values are native histograms: they have no place in a column of numbers. */
  readonly histogram?: ResultHistogram;
}

export interface QueryError {
  readonly message: string;
  readonly cause?: string;
  readonly place?: { readonly line?: number; readonly column?: number; readonly offset?: number; readonly length?: number };
}

export interface QueryResult {
  readonly id: string;
  readonly step: number;
  readonly t0: number;
  readonly steps: number;
  readonly expr: string;
  readonly series: readonly ResultSeries[];
  readonly meta: { readonly series: number; readonly points: number; readonly samples: number; readonly durationMs: number; readonly scrapeIntervalMs?: number };
  readonly warnings: readonly QueryRemark[];
  readonly infos: readonly QueryRemark[];
  readonly limited?: { readonly shown: number; readonly total: number };
  readonly error?: QueryError;
}

type WireValue = number | 'NaN' | '+Inf' | '-Inf' | null;

interface WireHistogram {
  readonly values: number;
  readonly step: number;
  readonly count: WireValue;
  readonly sum: WireValue;
  readonly buckets: readonly (readonly [rule: number, lower: WireValue, upper: WireValue, count: WireValue])[];
  readonly limited?: NonNullable<ResultHistogram['limited']>;
}

interface WireResult {
  readonly id: string;
  readonly step?: number;
  readonly t0?: number;
  readonly steps?: number;
  readonly expr?: string;
  readonly series?: readonly { readonly labels?: Record<string, string>; readonly name?: string; readonly values?: readonly WireValue[]; readonly histogram?: WireHistogram }[];
  readonly meta?: QueryResult['meta'];
  readonly warnings?: readonly QueryRemark[];
  readonly infos?: readonly QueryRemark[];
  readonly limited?: QueryResult['limited'];
  readonly error?: QueryError | string;
}

/** Asks all queries in one request; each result is handed over as it comes. Answers when the server knew all of it, in milliseconds. */
export async function queryBatch(
  from: number, to: number, queries: readonly BatchQuery[], onResult: (result: QueryResult) => void, signal?: AbortSignal,
): Promise<number> {
  let asOf = 0;
  await requestLines('/api/pharos/v1/query/batch', { method: 'POST', body: { from, to, queries }, signal }, (line) => {
    const wire = line as WireResult & { done?: boolean; asOf?: number };
    if (wire.done === true) {
      asOf = wire.asOf ?? 0;
    } else {
      onResult(readResult(wire));
    }
  });
  return asOf;
}

/** One line of the answer, its values in columns of numbers. */
export function readResult(wire: WireResult): QueryResult {
  return {
    id: wire.id, step: Math.max(1, wire.step ?? 1), t0: wire.t0 ?? 0, steps: wire.steps ?? 0, expr: wire.expr ?? '',
    series: (wire.series ?? []).map((s) => ({ labels: s.labels ?? {}, name: s.name ?? '', ...readValues(s.values ?? []), ...(s.histogram === undefined ? {} : { histogram: readHistogram(s.histogram) }) })),
    meta: wire.meta ?? { series: 0, points: 0, samples: 0, durationMs: 0 },
    warnings: wire.warnings ?? [], infos: wire.infos ?? [],
    ...(wire.limited === undefined ? {} : { limited: wire.limited }),
    ...(wire.error === undefined ? {} : { error: typeof wire.error === 'string' ? { message: wire.error } : wire.error }),
  };
}

/** Whether a series has numbers: one of native histograms alone has none. */
export function hasNumbers({ histogram, values, notNumbers }: ResultSeries): boolean {
  return histogram === undefined || notNumbers !== undefined || values.some((value) => !Number.isNaN(value));
}

function readValues(wire: readonly WireValue[]): { values: Float64Array; notNumbers?: ReadonlySet<number> } {
  const values = new Float64Array(wire.length);
  let notNumbers: Set<number> | undefined;
  wire.forEach((value, i) => {
    if (value === 'NaN') {
      notNumbers ??= new Set();
      notNumbers.add(i);
    }
    values[i] = readValue(value);
  });
  return notNumbers === undefined ? { values } : { values, notNumbers };
}

function readHistogram({ count, sum, buckets, ...rest }: WireHistogram): ResultHistogram {
  return {
    ...rest, count: readValue(count), sum: readValue(sum),
    buckets: buckets.map(([rule, lower, upper, inside]) => ({ lower: readValue(lower), upper: readValue(upper), isLowerIn: rule === 1 || rule === 3, isUpperIn: rule === 0 || rule === 3, count: readValue(inside) })),
  };
}

function readValue(value: WireValue): number {
  return typeof value === 'number' ? value : value === '+Inf' ? Infinity : value === '-Inf' ? -Infinity : Number.NaN;
}
