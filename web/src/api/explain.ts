import { requestJson } from './http';
import type { Labels } from './metrics';

/** Shapes of docs/api.md, `p/explain`. */

export interface ExplainQuestion {
  readonly query: string;
  /** Milliseconds since the epoch: one time, or the steps of a range. */
  readonly at: { readonly time: number } | { readonly from: number; readonly to: number; readonly step: number };
}

export type NodeKind = 'selector' | 'rangeSelector' | 'subquery' | 'function' | 'aggregation' | 'operator' | 'number' | 'text';

export interface ExplainedNode {
  /** The place in the list, from 0. */
  readonly id: number;
  readonly parent?: number;
  readonly depth: number;
  readonly kind: NodeKind;
  readonly title: string;
  readonly text: string;
  readonly place: { readonly offset: number; readonly length: number };
  readonly type: 'vector' | 'matrix' | 'scalar' | 'string';
  readonly series?: number;
  readonly dropped?: number;
  readonly unread?: number;
  readonly points?: number;
  readonly samples?: number;
  /** Milliseconds of all threads together. */
  readonly selfMs: number;
  readonly totalMs: number;
  readonly sameAs?: number;
  readonly once?: boolean;
  readonly failed?: boolean;
  readonly notes?: readonly ExplanationNote[];
}

export type NoteKind =
  | 'unknownMetric' | 'unknownLabel' | 'unknownValue' | 'contradiction' | 'outsideRange' | 'ended' | 'tooFewSamples' | 'filtered' | 'lostSeries' | 'neverTogether'
  | 'excluded' | 'noBuckets' | 'present' | 'nothingAsked' | 'notOne' | 'histogramsIgnored' | 'onePass' | 'emptied';

/** Which of the further members are there depends on the kind. */
export interface ExplanationNote {
  readonly kind: NoteKind;
  readonly text: string;
  /** It is why the node has nothing. */
  readonly cause?: boolean;
  readonly label?: string;
  readonly value?: string;
  readonly matcher?: string;
  readonly nearest?: readonly string[];
  readonly lastAt?: number;
  readonly rangeMs?: number;
  readonly intervalMs?: number;
  readonly suggestedMs?: number;
  readonly count?: number;
  readonly join?: JoinLoss;
}

export interface JoinLoss {
  readonly left: number;
  readonly leftLost: number;
  readonly right: number;
  readonly rightLost: number;
  readonly leftExample?: Labels;
  readonly rightExample?: Labels;
  readonly onlyLeft: readonly string[];
  readonly onlyRight: readonly string[];
  readonly differ: readonly string[];
  readonly suggestion?: { readonly text: string; readonly matches: number };
}

export interface Explanation {
  readonly query: string;
  readonly error?: { readonly message: string; readonly cause?: string };
  readonly result?: { readonly type: string; readonly series: number; readonly points: number };
  readonly samples: number;
  readonly peakSamples: number;
  readonly queueMs: number;
  readonly evaluationMs: number;
  /** Where the series were lost, and which note of that node says why. */
  readonly empty?: { readonly node: number; readonly note: number };
  readonly nodes: readonly ExplainedNode[];
  readonly isCut?: boolean;
  readonly asOf: number;
}

/** Runs a query once and tells what each part of it saw. Throws an ApiError when it does not parse. */
export function explainQuery({ query, at }: ExplainQuestion, signal?: AbortSignal): Promise<Explanation> {
  return requestJson<Explanation>('/api/pharos/v1/explain', { method: 'POST', body: { query, ...at }, signal });
}
