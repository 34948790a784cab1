import type { ExplainedNode, Explanation, NodeKind } from '../../../api/explain';

/** A node as a row of the tree. */
export interface ExplainedRow {
  readonly node: ExplainedNode;
  /** Series that its operands hand to it, operand by operand; empty where none has series. */
  readonly seriesIn: readonly number[];
  /** In how many places of the query it stands, computed once. */
  readonly uses: number;
  /** The row that was computed in its place. */
  readonly same: ExplainedNode | undefined;
  /** It took the most time by itself. */
  readonly isHottest: boolean;
  /** Its own time, and with everything below it, as shares of the whole query. */
  readonly selfShare: number;
  readonly totalShare: number;
}

/** Faster than this nothing is hot, in milliseconds. */
const hotMs = 1;

/** The nodes as rows. What lies under a repeated part was computed with the first of it, and is shown there only. */
export function explainedRows({ nodes }: Explanation): readonly ExplainedRow[] {
  const uses = new Map<number, number>();
  for (const { sameAs } of nodes) {
    if (sameAs !== undefined) {
      uses.set(sameAs, (uses.get(sameAs) ?? 1) + 1);
    }
  }

  const hidden = new Set<number>();
  const rows: ExplainedNode[] = [];
  const into = new Map<number, number[]>();
  for (const node of nodes) {
    const { id, parent, series } = node;
    if (parent !== undefined && series !== undefined) {
      into.set(parent, [...(into.get(parent) ?? []), series]);
    }

    if (parent !== undefined && (hidden.has(parent) || nodes[parent]?.sameAs !== undefined)) {
      hidden.add(id);
    } else {
      rows.push(node);
    }
  }

  const whole = Math.max(...rows.map(({ totalMs }) => totalMs), Number.MIN_VALUE);
  const most = Math.max(...rows.map(({ selfMs }) => selfMs));
  const hottest = most < hotMs ? undefined : rows.find(({ selfMs }) => selfMs === most);
  return rows.map((node) => ({
    node, seriesIn: into.get(node.id) ?? [], uses: uses.get(node.id) ?? 1, same: node.sameAs === undefined ? undefined : nodes[node.sameAs], isHottest: node === hottest,
    selfShare: Math.min(1, node.selfMs / whole), totalShare: Math.min(1, node.totalMs / whole),
  }));
}

const kindWords: Readonly<Record<NodeKind, string>> = {
  selector: 'selector', rangeSelector: 'range selector', subquery: 'subquery', function: 'function', aggregation: 'aggregation', operator: 'operator', number: 'number', text: 'text',
};

/** What kind of part it is, in words; of a kind that is not known its own name. */
export function kindWord(kind: string): string {
  return Object.hasOwn(kindWords, kind) ? kindWords[kind as NodeKind] : kind;
}

/** What is true of a row beside its numbers. */
export function rowFacts({ node, uses, same }: ExplainedRow): readonly string[] {
  return [
    kindWord(node.kind),
    ...(same === undefined ? [] : ['the same as above, computed once']),
    ...(uses > 1 ? [`computed once, used ${uses === 2 ? 'twice' : `${uses} times`}`] : []),
    ...(node.once === true ? ['the same at every step'] : []),
    ...((node.dropped ?? 0) > 0 ? [`${node.dropped} without a value`] : []),
    ...((node.unread ?? 0) > 0 ? [`${node.unread} not looked at`] : []),
  ];
}
