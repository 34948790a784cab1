import type { AlertCardAnswer, Labels, TimelineEntry } from '../../../api/alerts';
import type { BatchQuery, QueryResult, ResultSeries } from '../../../api/queryBatch';
import type { AlertBand } from '../../../charts/seriesModel';

/** What the questions of a card are called in their one request. */
export const asked = { value: 'value', limit: 'limit', now: 'now', left: 'left', right: 'right', source: 'source', part: (index: number): string => `part${index}` } as const;

/** Everything a card shows in numbers: the value over the range, and at its end what it is made of. */
export function evidenceQueries(card: AlertCardAnswer): readonly BatchQuery[] {
  const { condition, sources = [] } = card;
  const source = sourceOf(card);
  const instant = (id: string, expr: string | undefined): BatchQuery[] => (expr === undefined ? [] : [{ id, expr, instant: true }]);
  const measured = condition?.left ?? sources[0];
  return [
    ...(measured === undefined ? [] : [{ id: asked.value, expr: measured, maxDataPoints: 300 }]),
    ...(condition?.right === undefined ? [] : [{ id: asked.limit, expr: condition.right, maxDataPoints: 300 }]),
    ...instant(asked.now, condition?.left),
    ...instant(asked.left, condition?.operands?.left),
    ...instant(asked.right, condition?.operands?.right),
    ...otherParts(card).flatMap(({ index, expr }) => instant(asked.part(index), expr)),
    ...instant(asked.source, source),
  ];
}

/** When the numbers of a card are taken: at the end of the range, but never after the alert ended. */
export function momentOf({ alert }: AlertCardAnswer, to: number): number {
  return alert.resolvedAt === undefined ? to : Math.min(to, alert.resolvedAt - 1000);
}

/** What else must hold, or must not: every part but the comparison that is drawn. */
export function otherParts({ condition }: AlertCardAnswer): readonly { readonly index: number; readonly expr: string; readonly operator: string }[] {
  const parts = condition?.parts ?? [];
  const drawn = parts.findIndex(({ expr }) => condition !== undefined && expr.includes(condition.left));
  return parts.flatMap((part, index) => (index === drawn ? [] : [{ index, ...part }]));
}

/** The selector whose series are shown: of a division the one above the line. */
export function sourceOf({ condition, sources = [] }: AlertCardAnswer): string | undefined {
  const above = condition?.operands?.left ?? condition?.left;
  return sources.find((source) => above?.includes(source) === true) ?? sources[0];
}

/** The series that belong to an alert: those that say nothing else than its labels. All of them when none does. */
export function seriesOfAlert(series: readonly ResultSeries[], labels: Labels): readonly ResultSeries[] {
  const agreeing = series.filter((one) => Object.entries(one.labels).every(([name, value]) => name === '__name__' || labels[name] === undefined || labels[name] === value));
  const exact = agreeing.filter((one) => Object.keys(one.labels).every((name) => name === '__name__' || labels[name] !== undefined));
  return exact.length > 0 ? exact : agreeing.length > 0 ? agreeing : series;
}

/** The one value of an instant question for this alert; undefined when there is none. */
export function instantValue(result: QueryResult | undefined, labels: Labels): number | undefined {
  const value = seriesOfAlert(result?.series ?? [], labels)[0]?.values[0];
  return value === undefined || Number.isNaN(value) ? undefined : value;
}

/** Bands of the chart: from each crossing to firing, from firing to its end or to `now`. */
export function bandsOf(name: string, timeline: readonly TimelineEntry[], now: number): readonly AlertBand[] {
  const bands: AlertBand[] = [];
  let open: { readonly state: 'pending' | 'firing'; readonly from: number } | undefined;
  const close = (to: number): void => {
    if (open !== undefined && to > open.from) {
      bands.push({ name, ...open, to });
    }

    open = undefined;
  };
  for (const { kind, time } of [...timeline].sort((a, b) => a.time - b.time)) {
    if (time > now) {
      break;
    }

    if (kind === 'pending' && open?.state === 'pending') {
      // What was pending never fired and left no word of its end.
      open = { state: kind, from: time };
    } else if (kind === 'pending' || kind === 'firing') {
      close(time);
      open = { state: kind, from: time };
    } else if (kind === 'resolved') {
      close(time);
    }
  }

  close(now);
  return bands;
}

export interface SourceRow {
  readonly key: string;
  readonly labels: readonly (readonly [string, string])[];
  readonly value: number;
  /** Of the whole; undefined where values are no parts of one. */
  readonly share?: number;
  /** Of the greatest: the length of the bar. */
  readonly size: number;
}

/** The series behind a value, greatest first, each by the labels that tell it apart. */
export function sourceRows(series: readonly ResultSeries[], labels: Labels, isAdditive: boolean): readonly SourceRow[] {
  const own = agreeingOnly(series, labels).flatMap((one) => {
    const value = one.values[0];
    return value === undefined || Number.isNaN(value) ? [] : [{ labels: one.labels, value }];
  }).sort((a, b) => b.value - a.value);
  const names = [...new Set(own.flatMap((one) => Object.keys(one.labels)))].filter((name) => name !== '__name__').sort();
  const differing = names.filter((name) => new Set(own.map((one) => one.labels[name] ?? '')).size > 1);
  const telling = differing.length > 0 ? differing : names;
  const sum = own.reduce((total, one) => total + one.value, 0);
  const greatest = Math.max(...own.map((one) => Math.abs(one.value)), 0);
  return own.map((one) => ({
    key: JSON.stringify(one.labels),
    labels: telling.flatMap((name): (readonly [string, string])[] => (one.labels[name] === undefined ? [] : [[name, one.labels[name]]])),
    value: one.value,
    size: greatest > 0 && Number.isFinite(greatest) ? Math.abs(one.value) / greatest : 0,
    ...(isAdditive && sum > 0 && Number.isFinite(sum) ? { share: one.value / sum } : {}),
  }));
}

function agreeingOnly(series: readonly ResultSeries[], labels: Labels): readonly ResultSeries[] {
  return series.filter((one) => Object.entries(one.labels).every(([name, value]) => name === '__name__' || labels[name] === undefined || labels[name] === value));
}

/** Entries of what happens now, apart from those of earlier times. */
export function episodeOf(timeline: readonly TimelineEntry[], since: number): { readonly current: readonly TimelineEntry[]; readonly earlier: readonly TimelineEntry[] } {
  // The journal writes a moment after the evaluation's own time.
  const start = since - 1000;
  return { current: timeline.filter((entry) => entry.time >= start), earlier: timeline.filter((entry) => entry.time < start) };
}

export interface Step {
  readonly kind: TimelineEntry['kind'];
  readonly time: number;
  readonly texts: readonly string[];
  readonly detail?: string;
}

/** Two receivers that are told together are one step, in milliseconds. */
const together = 2000;

/** Entries as the steps of a line: what happened at once stands together, and details that the card says elsewhere are left out. */
export function mergedSteps(timeline: readonly TimelineEntry[]): readonly Step[] {
  const steps: { kind: Step['kind']; time: number; texts: string[]; detail?: string }[] = [];
  for (const { kind, time, text, detail } of timeline) {
    const last = steps.at(-1);
    const told = kind === 'pending' || kind === 'firing' || kind === 'resolved' || detail === 'firing' ? undefined : detail;
    if (last !== undefined && last.kind === kind && time - last.time <= together && last.detail === told) {
      last.texts.push(text);
    } else {
      steps.push({ kind, time, texts: [text], ...(told === undefined ? {} : { detail: told }) });
    }
  }

  return steps;
}
