import type { ExplainedNode, ExplanationNote } from '../../../api/explain';
import { formatPromDuration } from '../../../lib/formatDuration';
import type { Analysis } from '../../../promql/useAnalysis';

/** What can be done about a note: another query, or another time. */
export interface NoteAction {
  readonly label: string;
  /** The label is a name or a part of PromQL. */
  readonly isCode: boolean;
  readonly query?: string;
  /** Milliseconds since the epoch. */
  readonly goTo?: number;
}

/** The ways on from a note of a node of a query; without the analysis of queries none that changes it. */
export function noteActions(note: ExplanationNote, node: ExplainedNode, nodes: readonly ExplainedNode[], query: string, analysis: Analysis | undefined): readonly NoteAction[] {
  if (note.kind === 'outsideRange') {
    return note.lastAt === undefined ? [] : [{ label: 'Go to last data', isCode: false, goTo: note.lastAt }];
  }

  if (analysis === undefined) {
    return [];
  }

  switch (note.kind) {
    case 'unknownMetric':
      return nearest(note, (name) => analysis.withMetric(query, node.place, note.value ?? '', name));
    case 'unknownLabel':
      return nearest(note, (name) => analysis.withLabel(query, node.place, note.label ?? '', name));
    case 'unknownValue':
      return nearest(note, (value) => analysis.withValue(query, node.place, note.label ?? '', note.value ?? '', value));
    case 'tooFewSamples': {
      const range = nodes.find(({ parent, kind }) => parent === node.id && kind === 'rangeSelector');
      const window = note.suggestedMs === undefined ? undefined : formatPromDuration(note.suggestedMs);
      return range === undefined || window === undefined ? [] : offered(`Use [${window}]`, false, analysis.withWindow(query, range.place, window));
    }
    case 'lostSeries': {
      const text = note.join?.suggestion?.text;
      return text === undefined ? [] : offered(text, true, analysis.withMatching(query, node.place, text));
    }
    default:
      return [];
  }
}

function nearest(note: ExplanationNote, change: (right: string) => string | undefined): readonly NoteAction[] {
  return (note.nearest ?? []).flatMap((right) => offered(right, true, change(right)));
}

function offered(label: string, isCode: boolean, query: string | undefined): readonly NoteAction[] {
  return query === undefined ? [] : [{ label, isCode, query }];
}
