import type { TriedRoute } from '../../../api/alerts';

export interface WhoGotNothing {
  /** No route took it. */
  readonly nobody: boolean;
  /** Receivers that no route led to, with the first reason. */
  readonly missed: readonly { readonly receiver: string; readonly reason: string }[];
}

export function whoGotNothing(routes: readonly TriedRoute[]): WhoGotNothing {
  const told = new Set(routes.filter((route) => route.matched).map((route) => route.receiver));
  const missed = new Map<string, string>();
  for (const { receiver, matched, reason } of routes) {
    if (!matched && !told.has(receiver) && !missed.has(receiver)) {
      missed.set(receiver, reason);
    }
  }

  return { nobody: routes.length > 0 && told.size === 0, missed: [...missed].map(([receiver, reason]) => ({ receiver, reason })) };
}
