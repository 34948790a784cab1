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

export interface ResultSeries {
  readonly labels: Readonly<Record<string, string>>;
  readonly name: string;
  /** `NaN` where there is no value. */
  readonly values: Float64Array;
  /** Where the value is there and not a number: 0 ÷ 0. */
  readonly notNumbers?: ReadonlySet<number>;
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
  readonly warnings: readonly string[];
  readonly infos: readonly string[];
  readonly limited?: { readonly shown: number; readonly total: number };
  readonly error?: QueryError;
}

type WireValue = number | 'NaN' | '+Inf' | '-Inf' | null;

interface WireResult {
  readonly id: string;
  readonly step?: number;
  readonly t0?: number;
  readonly steps?: number;
  readonly expr?: string;
  readonly series?: readonly { readonly labels?: Record<string, string>; readonly name?: string; readonly values?: readonly WireValue[] }[];
  readonly meta?: QueryResult['meta'];
  readonly warnings?: readonly string[];
  readonly infos?: readonly string[];
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
    series: (wire.series ?? []).map((s) => ({ labels: s.labels ?? {}, name: s.name ?? '', ...readValues(s.values ?? []) })),
    meta: wire.meta ?? { series: 0, points: 0, samples: 0, durationMs: 0 },
    warnings: wire.warnings ?? [], infos: wire.infos ?? [],
    ...(wire.limited === undefined ? {} : { limited: wire.limited }),
    ...(wire.error === undefined ? {} : { error: typeof wire.error === 'string' ? { message: wire.error } : wire.error }),
  };
}

function readValues(wire: readonly WireValue[]): { values: Float64Array; notNumbers?: ReadonlySet<number> } {
  const values = new Float64Array(wire.length);
  let notNumbers: Set<number> | undefined;
  wire.forEach((value, i) => {
    if (value === 'NaN') {
      notNumbers ??= new Set();
      notNumbers.add(i);
    }
    values[i] = typeof value === 'number' ? value : value === '+Inf' ? Infinity : value === '-Inf' ? -Infinity : Number.NaN;
  });
  return notNumbers === undefined ? { values } : { values, notNumbers };
}
