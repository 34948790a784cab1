/** What is usually asked of a metric of a kind: a counter's rate, a histogram's 95th percentile. Undefined where its values themselves are it. */
export function usualQuestion(name: string, type: string | undefined): { readonly word: string; readonly expr: string } | undefined {
  if (type === 'histogram' && name.endsWith('_bucket')) {
    return { word: 'p95', expr: `histogram_quantile(0.95, sum by (le) (rate(${name}[5m])))` };
  }

  return type === 'counter' || /_(?:total|sum|count)$/.test(name) ? { word: 'rate', expr: `rate(${name}[5m])` } : undefined;
}
