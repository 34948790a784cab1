import type { ExplainedNode, Explanation } from '../../../api/explain';

/** A node of a query; what is not given is as of a vector that was evaluated. */
export function node(id: number, title: string, more: Partial<ExplainedNode> = {}): ExplainedNode {
  return { id, depth: 0, kind: 'function', title, text: title, place: { offset: 0, length: title.length }, type: 'vector', series: 1, points: 10, selfMs: 1, totalMs: 1, ...more };
}

export function explanation(nodes: readonly ExplainedNode[], more: Partial<Explanation> = {}): Explanation {
  return { query: nodes[0]?.text ?? '', samples: 41_000, peakSamples: 100, queueMs: 0, evaluationMs: 34, nodes, asOf: 1000, result: { type: 'matrix', series: 1, points: 10 }, ...more };
}

/** `sum(rate(uq[5m]))`, of a metric that is not there. */
export const nothing: Explanation = explanation([
  node(0, 'sum', { kind: 'aggregation', text: 'sum(rate(uq[5m]))', place: { offset: 0, length: 17 }, series: 0, points: 0, selfMs: 0.1, totalMs: 0.4 }),
  node(1, 'rate', { parent: 0, depth: 1, text: 'rate(uq[5m])', place: { offset: 4, length: 12 }, series: 0, points: 0, selfMs: 0.1, totalMs: 0.3 }),
  node(2, 'uq[5m]', {
    parent: 1, depth: 2, kind: 'rangeSelector', type: 'matrix', place: { offset: 9, length: 6 }, series: 0, points: 0, samples: 0, selfMs: 0.2, totalMs: 0.2,
    notes: [{ kind: 'unknownMetric', text: 'No series has the name uq; there is up.', cause: true, value: 'uq', nearest: ['up'] }],
  }),
], { empty: { node: 2, note: 0 }, result: { type: 'matrix', series: 0, points: 0 } });
