import type { Panel } from '../../../api/dashboards';

const batchNames: Readonly<Record<string, string>> = { __interval: '1m', __rate_interval: '5m', __range: '1h', __interval_ms: '60000', __range_ms: '3600000', __range_s: '3600' };

/** The Metrics page with the panel's questions, over the same range. */
export function metricsAddress(panel: Panel, params: URLSearchParams): string {
  const next = new URLSearchParams();
  for (const target of panel.targets ?? []) {
    if (target.hide !== true && target.expr !== '') {
      next.append('q', withIntervals(target.expr));
    }
  }
  for (const name of ['from', 'to', 'tz']) {
    const value = params.get(name);
    if (value !== null) {
      next.set(name, value);
    }
  }
  return `/query?${next.toString()}`;
}

/** Outside a dashboard nothing chooses a step: its names stand for usual ones. */
export function withIntervals(expr: string): string {
  return expr.replace(/\$(?:\{(__\w+)\}|(__\w+))/g, (whole, braced: string | undefined, plain: string | undefined) => batchNames[braced ?? plain ?? ''] ?? whole);
}
