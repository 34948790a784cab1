import type { Labels, TimeSpan } from '../../api/metrics';
import type { BatchQuery, QueryResult } from '../../api/queryBatch';
import type { Selector } from '../../promql/analysis';

/** Whose fault it is that a query has no result. */
export type EmptyReason =
  | { readonly kind: 'noMetric'; readonly selector: Selector; readonly metric: string; readonly nearest: readonly string[] }
  | { readonly kind: 'noMatch'; readonly selector: Selector; readonly matcher?: Selector['matchers'][number]; readonly values: readonly string[] }
  | { readonly kind: 'outside'; readonly selector: Selector; readonly lastAt?: number }
  | { readonly kind: 'twoSamples'; readonly selector: Selector; readonly scrapeIntervalMs: number }
  | { readonly kind: 'operators'; readonly selectors: readonly { readonly selector: Selector; readonly series: number }[] }
  | { readonly kind: 'nothingRead' };

/** What is asked to find out; the server in the page, a table in tests. */
export interface EmptyQuestions {
  metricNames(): Promise<readonly string[]>;
  series(match: string, limit: number, span?: TimeSpan): Promise<readonly Labels[]>;
  labelValues(name: string, match: string): Promise<readonly string[]>;
  /** One query over a range; `undefined` when it cannot be answered. */
  query(from: number, to: number, query: BatchQuery): Promise<QueryResult | undefined>;
}

const hourMs = 3_600_000;
const lookedBackMs = 30 * 24 * hourMs;
const nearestShown = 5;

/** Asks, selector by selector, why a query over a range has no result. `now` in milliseconds. */
export async function explainEmpty(selectors: readonly Selector[], range: TimeSpan, now: number, ask: EmptyQuestions): Promise<EmptyReason> {
  if (selectors.length === 0) {
    return { kind: 'nothingRead' };
  }

  const counted: { selector: Selector; series: number }[] = [];
  for (const selector of selectors) {
    const reason = await explainSelector(selector, range, now, ask);
    if (typeof reason !== 'number') {
      return reason;
    }

    counted.push({ selector, series: reason });
  }

  return { kind: 'operators', selectors: counted };
}

/** Why a selector gives nothing, or how many series it gives. */
async function explainSelector(selector: Selector, range: TimeSpan, now: number, ask: EmptyQuestions): Promise<EmptyReason | number> {
  const [ever] = await ask.series(selector.text, 1);
  if (ever === undefined) {
    return explainNoMatch(selector, ask);
  }

  // With the window that the query has: what it reads before the range counts too.
  const reads = await ask.query(range.from, range.to, { id: 'reads', expr: selector.window === undefined ? selector.text : `count_over_time(${selector.written})`, maxSeries: 1000, maxDataPoints: 500 });
  if (reads === undefined || reads.series.length === 0) {
    const lastAt = await findLast(selector, now, ask);
    return { kind: 'outside', selector, ...(lastAt === undefined ? {} : { lastAt }) };
  }

  if (selector.window !== undefined && reads.series.every(({ values }) => values.every((value) => Number.isNaN(value) || value < 2))) {
    return { kind: 'twoSamples', selector, scrapeIntervalMs: reads.meta.scrapeIntervalMs ?? 0 };
  }

  return reads.meta.series;
}

async function explainNoMatch(selector: Selector, ask: EmptyQuestions): Promise<EmptyReason> {
  const { metric } = selector;
  if (metric !== undefined) {
    const names = await ask.metricNames();
    if (!names.includes(metric)) {
      return { kind: 'noMetric', selector, metric, nearest: nearestNames(metric, names) };
    }
  }

  const name = metric === undefined ? undefined : `__name__=${JSON.stringify(metric)}`;
  for (const matcher of selector.matchers) {
    const parts = [...(name === undefined ? [] : [name]), matcher.text];
    const matched = await orNone(ask.series(`{${parts.join(', ')}}`, 1));
    if (matched.length === 0) {
      return { kind: 'noMatch', selector, matcher, values: name === undefined ? [] : (await orNone(ask.labelValues(matcher.name, `{${name}}`))).slice(0, nearestShown) };
    }
  }

  return { kind: 'noMatch', selector, values: [] };
}

// A matcher that matches the empty value cannot be asked for alone: then it is not the one.
async function orNone<T>(answer: Promise<readonly T[]>): Promise<readonly T[]> {
  try {
    return await answer;
  } catch {
    return [];
  }
}

/** The time of the last sample within thirty days: first the hour, then within it. */
async function findLast(selector: Selector, now: number, ask: EmptyQuestions): Promise<number | undefined> {
  const hours = await ask.query(now - lookedBackMs, now, { id: 'hours', expr: `count(count_over_time(${selector.text}[1h]))`, intervalMs: hourMs, maxSeries: 1 });
  const hour = hours === undefined ? undefined : lastTime(hours);
  if (hour === undefined) {
    return undefined;
  }

  const stepMs = 15_000;
  const fine = await ask.query(hour - hourMs, Math.min(hour + hourMs, now), { id: 'fine', expr: `count(count_over_time(${selector.text}[15s]))`, intervalMs: stepMs, maxSeries: 1 });
  return (fine === undefined ? undefined : lastTime(fine)) ?? hour;
}

function lastTime(result: QueryResult): number | undefined {
  const values = result.series[0]?.values ?? new Float64Array();
  for (let index = values.length - 1; index >= 0; index--) {
    if (!Number.isNaN(values[index] ?? Number.NaN)) {
      return result.t0 + index * result.step;
    }
  }

  return undefined;
}

/** The names that are the fewest letters away, or share the most of their parts. */
export function nearestNames(wanted: string, names: readonly string[]): readonly string[] {
  const parts = new Set(wanted.split(/[_:]/).filter((part) => part.length > 2));
  const scored = names.flatMap((name) => {
    const shared = name.split(/[_:]/).filter((part) => parts.has(part)).length;
    const letters = Math.abs(name.length - wanted.length) > 6 ? 7 : distance(wanted, name, 6);
    return shared === 0 && letters > 3 && letters > wanted.length / 3 ? [] : [{ name, score: letters - 3 * shared }];
  });
  return scored.sort((left, right) => left.score - right.score || (left.name < right.name ? -1 : 1)).slice(0, nearestShown).map(({ name }) => name);
}

/** Letters to change, add or take out; `most` + 1 when it is more than that. */
function distance(left: string, right: string, most: number): number {
  let row = Array.from({ length: right.length + 1 }, (_, index) => index);
  for (let i = 1; i <= left.length; i++) {
    const next = [i];
    for (let j = 1; j <= right.length; j++) {
      next.push(Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + (left[i - 1] === right[j - 1] ? 0 : 1)));
    }

    if (Math.min(...next) > most) {
      return most + 1;
    }

    row = next;
  }

  return row[right.length] ?? most + 1;
}
