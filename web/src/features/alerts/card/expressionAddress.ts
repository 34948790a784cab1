/** How much is shown around the time an alert began, in milliseconds. */
const before = 45 * 60_000;
const after = 15 * 60_000;

/** The Metrics page with an expression, around a time. */
export function expressionAddress(expr: string, at: number): string {
  return `/query?${new URLSearchParams({ q: expr, ...around(at) }).toString()}`;
}

/** The range of a link that leads from an alert: what came before it, and its beginning. */
export function around(at: number): { readonly from: string; readonly to: string } {
  return { from: String(at - before), to: String(at + after) };
}
