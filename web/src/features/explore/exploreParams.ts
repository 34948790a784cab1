/** What the address of the Metrics page holds: `q` for each query, `off` for those that are not drawn, `view`, `explain` for the one that is explained and `node` for its opened part. */
export type ExploreView = 'graph' | 'table';

export interface ExploreQuery {
  /** A, B, … by its place in the address. */
  readonly letter: string;
  readonly expr: string;
  /** Drawn; the eye. */
  readonly isOn: boolean;
}

const mostQueries = 26;

export function letterOf(index: number): string {
  return String.fromCharCode('A'.charCodeAt(0) + index);
}

export function readQueries(params: URLSearchParams): readonly ExploreQuery[] {
  const off = new Set(params.getAll('off'));
  return params.getAll('q').filter((expr) => expr.trim() !== '').slice(0, mostQueries).map((expr, index) => ({ letter: letterOf(index), expr, isOn: !off.has(letterOf(index)) }));
}

export function readView(params: URLSearchParams): ExploreView {
  return params.get('view') === 'table' ? 'table' : 'graph';
}

/** The address with these queries; the rest of it stays. */
export function withQueries(params: URLSearchParams, queries: readonly { readonly expr: string; readonly isOn: boolean }[]): URLSearchParams {
  const next = new URLSearchParams(params);
  next.delete('q');
  next.delete('off');
  next.delete('node');
  const kept = queries.filter(({ expr }) => expr.trim() !== '').slice(0, mostQueries);
  kept.forEach(({ expr, isOn }, index) => {
    next.append('q', expr);
    if (!isOn) {
      next.append('off', letterOf(index));
    }
  });
  return next;
}

export function withView(params: URLSearchParams, view: ExploreView): URLSearchParams {
  const next = new URLSearchParams(params);
  if (view === 'graph') {
    next.delete('view');
  } else {
    next.set('view', view);
  }

  return next;
}

/** The letter of the query that is explained. */
export function readExplained(params: URLSearchParams): string | undefined {
  const letter = params.get('explain') ?? '';
  return /^[A-Z]$/.test(letter) ? letter : undefined;
}

/** The address with this query explained, or none. */
export function withExplained(params: URLSearchParams, letter: string | undefined): URLSearchParams {
  const next = withNode(params, undefined);
  if (letter === undefined) {
    next.delete('explain');
  } else {
    next.set('explain', letter);
  }

  return next;
}

/** The part of the explained query that is opened. */
export function readNode(params: URLSearchParams): number | undefined {
  const node = params.get('node') ?? '';
  return /^\d{1,5}$/.test(node) ? Number(node) : undefined;
}

export function withNode(params: URLSearchParams, node: number | undefined): URLSearchParams {
  const next = new URLSearchParams(params);
  if (node === undefined) {
    next.delete('node');
  } else {
    next.set('node', String(node));
  }

  return next;
}
