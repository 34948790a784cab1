import { type BatchQuery, queryBatch, type QueryResult } from '../../../api/queryBatch';
import type { PanelRange, PanelResults } from './panelData';

interface Ask {
  readonly range: PanelRange;
  readonly queries: readonly BatchQuery[];
  readonly resolve: (answered: PanelResults) => void;
  readonly reject: (error: unknown) => void;
  readonly results: QueryResult[];
  settled: boolean;
}

type SendBatch = typeof queryBatch;

const mostQueries = 500;
/** Panels that are answered within so many milliseconds are drawn together. */
const deliveryMs = 16;

/**
 * Collects what the panels of a page ask at the same moment into one request. A panel is answered as soon as the last of its queries is;
 * the request ends early when nobody waits for it any more. Not for more than one page.
 */
export class QueryBatcher {
  private waiting: Ask[] = [];
  private ready: Ask[] = [];
  private readonly running: { readonly asks: readonly Ask[]; readonly controller: AbortController }[] = [];
  private delivery: ReturnType<typeof setTimeout> | undefined;
  private timer: ReturnType<typeof setTimeout> | undefined;

  /** `came` is told all results of a moment before the panels are, so that colours do not depend on who is first. */
  constructor(private readonly came: (results: readonly QueryResult[]) => void, private readonly send: SendBatch = queryBatch) {}

  ask(range: PanelRange, queries: readonly BatchQuery[], signal: AbortSignal): Promise<PanelResults> {
    return new Promise((resolve, reject) => {
      const ask: Ask = { range, queries, resolve, reject, results: [], settled: false };
      if (queries.length === 0) {
        resolve({ range, results: [] });
        return;
      }
      signal.addEventListener('abort', () => {
        ask.settled = true;
        reject(signal.reason instanceof Error ? signal.reason : new DOMException('Aborted', 'AbortError'));
        this.abandoned(ask);
      }, { once: true });
      this.waiting.push(ask);
      this.timer ??= setTimeout(() => { this.flush(); }, 0);
    });
  }

  private flush(): void {
    this.timer = undefined;
    const asks = this.waiting.filter((ask) => !ask.settled);
    this.waiting = [];
    const groups = new Map<string, Ask[]>();
    for (const ask of asks) {
      const key = `${ask.range.from} ${ask.range.to}`;
      groups.set(key, [...(groups.get(key) ?? []), ask]);
    }
    for (const group of groups.values()) {
      for (const part of partsOf(group)) {
        void this.run(part);
      }
    }
  }

  private async run(asks: readonly Ask[]): Promise<void> {
    const [first] = asks;
    if (first === undefined) {
      return;
    }
    const batch = { asks, controller: new AbortController() };
    this.running.push(batch);
    const owners = new Map(asks.flatMap((ask) => ask.queries.map((query): [string, Ask] => [query.id, ask])));
    try {
      await this.send(first.range.from, first.range.to, asks.flatMap((ask) => ask.queries), (result) => {
        const ask = owners.get(result.id);
        if (ask !== undefined) {
          ask.results.push(result);
          this.settleWhenComplete(ask);
        }
      }, batch.controller.signal);
      // What the server said nothing about is answered with what there is.
      asks.forEach((ask) => { this.settle(ask); });
    } catch (error) {
      asks.filter((ask) => !ask.settled).forEach((ask) => {
        ask.settled = true;
        ask.reject(error);
      });
    } finally {
      this.running.splice(this.running.indexOf(batch), 1);
    }
  }

  private settleWhenComplete(ask: Ask): void {
    if (ask.results.length === ask.queries.length) {
      this.settle(ask);
    }
  }

  private settle(ask: Ask): void {
    if (!ask.settled) {
      ask.settled = true;
      this.ready.push(ask);
      this.delivery ??= setTimeout(() => { this.deliver(); }, deliveryMs);
    }
  }

  private deliver(): void {
    const asks = this.ready;
    this.ready = [];
    this.delivery = undefined;
    this.came(asks.flatMap((ask) => ask.results));
    // A panel a task: drawing many at once would hold the page.
    asks.forEach((ask) => { setTimeout(() => { ask.resolve({ range: ask.range, results: ask.results }); }, 0); });
  }

  private abandoned(ask: Ask): void {
    const batch = this.running.find(({ asks }) => asks.includes(ask));
    if (batch?.asks.every((other) => other.settled) === true) {
      batch.controller.abort();
    }
  }
}

/** The server takes so many queries at once; a panel's stay together. */
function partsOf(asks: readonly Ask[]): Ask[][] {
  const parts: Ask[][] = [];
  let count = Infinity;
  for (const ask of asks) {
    if (count + ask.queries.length > mostQueries) {
      parts.push([]);
      count = 0;
    }
    count += ask.queries.length;
    parts.at(-1)?.push(ask);
  }
  return parts;
}
