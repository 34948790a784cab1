/** What the address of the Metrics page holds: `q` for each query, `off` for those that are not drawn, `view`. */
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
