import type { Completion, CompletionContext, CompletionResult } from '@codemirror/autocomplete';
import { newCompleteStrategy } from '@prometheus-io/codemirror-promql';
import { type Labels, type Metadata, metadataOf, readSeries } from '../api/metrics';
import { omit } from '../lib/omit';
import { plural } from '../lib/plural';
import type { CompletionClient } from './completionClient';

type Strategy = ReturnType<typeof newCompleteStrategy>;

const mostSeriesLooked = 1000;
const mostLabels = 8;
const kinds = /^(?:counter|gauge|histogram|summary)$/;

/** The completion of codemirror-promql, with what this server knows of a metric: its kind, its help, its series, its labels. */
export class MetricCompletion implements Strategy {
  readonly #inner: Strategy;

  constructor(private readonly client: CompletionClient) {
    this.#inner = newCompleteStrategy({ remote: client });
  }

  async promQL(context: CompletionContext): Promise<CompletionResult | null> {
    const [result, counts, names, metadata] = await Promise.all([this.#inner.promQL(context), this.client.seriesCounts(), this.client.metricNames(), this.client.metadata()]);
    if (result === null) {
      return null;
    }

    const metrics = new Set(names);
    const decorated = (option: Completion): Completion => metricOption(option, counts.get(option.label), metadataOf(metadata, option.label));
    return { ...result, options: result.options.map((option) => (option.type === 'constant' && metrics.has(option.label) ? decorated(option) : option)) };
  }

  destroy(): void {
    this.#inner.destroy?.();
  }
}

/** A metric in the list: the letter of its kind, and how many series it has. */
export function metricOption(option: Completion, series: number | undefined, said: Metadata | undefined): Completion {
  const kind = kinds.test(said?.type ?? '') ? (said?.type ?? '') : 'metric';
  return {
    ...omit(option, 'detail'),
    // What is counted of a histogram is a counter; its buckets are the histogram.
    type: kind === 'histogram' && /_(?:count|sum)$/.test(option.label) ? 'counter' : kind,
    ...(series === undefined ? {} : { detail: plural(series, 'series', 'series') }),
    info: () => metricInfo(option.label, kind, said?.help ?? ''),
  };
}

async function metricInfo(name: string, kind: string, help: string): Promise<Node> {
  const box = document.createElement('div');
  const head = document.createElement('div');
  const word = document.createElement('span');
  word.className = 'ph-info-kind';
  word.textContent = kind === 'metric' ? 'Metric' : kind.charAt(0).toUpperCase() + kind.slice(1);
  head.append(word, help === '' ? '' : `  ${help}`);
  box.append(head);
  try {
    const series = await readSeries(`{__name__=${JSON.stringify(name)}}`, mostSeriesLooked);
    const labels = document.createElement('div');
    labels.className = 'ph-info-labels';
    labels.textContent = describeLabels(series);
    box.append(labels);
    if (series.length >= mostSeriesLooked) {
      const note = document.createElement('div');
      note.className = 'ph-info-note';
      note.textContent = `of the first ${plural(mostSeriesLooked, 'series', 'series')}`;
      box.append(note);
    }
  } catch {
    // Without the labels the help still helps.
    return box;
  }

  return box;
}

/** Labels with how many values each has, most values first: "le 12 · path 6". */
export function describeLabels(series: readonly Labels[]): string {
  const values = new Map<string, Set<string>>();
  for (const labels of series) {
    for (const [name, value] of Object.entries(labels)) {
      if (name !== '__name__') {
        values.set(name, (values.get(name) ?? new Set()).add(value));
      }
    }
  }

  const sorted = [...values].sort(([left, a], [right, b]) => b.size - a.size || (left < right ? -1 : 1));
  const rest = sorted.length - mostLabels;
  return [...sorted.slice(0, mostLabels).map(([name, seen]) => `${name} ${seen.size}`), ...(rest > 0 ? [`${rest} more`] : [])].join(' · ');
}
