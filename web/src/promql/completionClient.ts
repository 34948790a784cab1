import { readLabelNames, readLabelValues, readMetadata, readMetricNames, readSeries, readSeriesCounts, type MetadataByFamily } from '../api/metrics';
import { termName } from './syntax';

/** What a matcher of the editor's grammar gives. */
interface TypedMatcher {
  readonly name: string;
  readonly value: string;
  matchesEmpty(): boolean;
  readonly type: string | number;
}

const keptMs = 30_000;

/** An answer that is asked for once and kept for a while; one that failed is asked for again. */
class Kept<T> {
  #answer: Promise<T> | undefined;
  #at = 0;

  constructor(private readonly ask: () => Promise<T>) {}

  get(): Promise<T> {
    if (this.#answer === undefined || Date.now() - this.#at > keptMs) {
      this.#at = Date.now();
      this.#answer = this.ask().catch((error: unknown) => {
        this.#answer = undefined;
        throw error;
      });
    }

    return this.#answer;
  }
}

/**
 * What completion asks the server, in the shape that codemirror-promql wants it. Goes by the session as every request does.
 * What cannot be had completes nothing: a list that does not open disturbs less than an error while typing.
 */
export class CompletionClient {
  readonly #names = new Kept(async () => (await readMetricNames()).names);
  readonly #metadata = new Kept(() => readMetadata());
  readonly #counts = new Kept(() => readSeriesCounts());
  readonly #labels = new Map<string, Kept<readonly string[]>>();

  async metricNames(): Promise<string[]> {
    return [...(await orNothing(this.#names.get(), []))];
  }

  /** Nothing here: {@link MetricCompletion} says what is known of a metric, from {@link metadata}. */
  metricMetadata(): Promise<Record<string, { type: string; help: string }[]>> {
    return Promise.resolve({});
  }

  metadata(): Promise<MetadataByFamily> {
    return orNothing(this.#metadata.get(), {});
  }

  seriesCounts(): Promise<ReadonlyMap<string, number>> {
    return orNothing(this.#counts.get(), new Map<string, number>());
  }

  async labelNames(metricName?: string): Promise<string[]> {
    const names = await this.#keptLabels(`names ${metricName ?? ''}`, () => readLabelNames(selectorOf(metricName)));
    return names.filter((name) => name !== '__name__');
  }

  async labelValues(labelName: string, metricName?: string, matchers: readonly TypedMatcher[] = []): Promise<string[]> {
    // The matcher that is being typed does not narrow its own values; one that matches what is empty cannot stand alone.
    const others = matchers.filter((matcher) => matcher.name !== labelName && !matcher.matchesEmpty());
    const match = selectorOf(metricName, others);
    return [...(await this.#keptLabels(`values ${labelName} ${match ?? ''}`, () => readLabelValues(labelName, match)))];
  }

  async series(metricName: string): Promise<Map<string, string>[]> {
    const match = selectorOf(metricName);
    const series = match === undefined ? [] : await orNothing(readSeries(match, 1000), []);
    return series.map((labels) => new Map(Object.entries(labels)));
  }

  flags(): Promise<Record<string, string>> {
    return Promise.resolve({});
  }

  #keptLabels(key: string, ask: () => Promise<readonly string[]>): Promise<readonly string[]> {
    const kept = this.#labels.get(key) ?? new Kept(ask);
    this.#labels.set(key, kept);
    return orNothing(kept.get(), []);
  }
}

async function orNothing<T>(answer: Promise<T>, nothing: T): Promise<T> {
  try {
    return await answer;
  } catch {
    return nothing;
  }
}

// A matcher's type is the number of its term in the grammar.
const operators: Readonly<Record<string, string>> = { EqlSingle: '=', EqlRegex: '=~', Neq: '!=', NeqRegex: '!~' };

/** A selector of a name, also one that must be quoted; undefined when nothing narrows it. */
export function selectorOf(metricName: string | undefined, matchers: readonly TypedMatcher[] = []): string | undefined {
  const parts = matchers.flatMap((matcher) => {
    const operator = operatorOf(matcher.type);
    return operator === undefined ? [] : [`${labelText(matcher.name)}${operator}${quotedSource(matcher.value)}`];
  });
  if (metricName !== undefined && metricName !== '') {
    parts.unshift(`__name__=${JSON.stringify(metricName)}`);
  }

  return parts.length === 0 ? undefined : `{${parts.join(', ')}}`;
}

/** A value as it stands between quotes of any kind, in double ones. */
function quotedSource(source: string): string {
  return `"${source.replace(/\\?"/g, '\\"')}"`;
}

function labelText(name: string): string {
  return /^[a-zA-Z_]\w*$/.test(name) ? name : JSON.stringify(name);
}

function operatorOf(type: string | number): string | undefined {
  const name = typeof type === 'number' ? termName(type) : type;
  return operators[name];
}
