import type { ErrorPlace } from '../../../lib/errorPlace';
import { jsonError } from './jsonError';

export type ParsedJson =
  | { readonly ok: true; readonly value: Readonly<Record<string, unknown>> }
  | { readonly ok: false; readonly message: string; readonly place?: ErrorPlace };

/** A dashboard as it was typed; the error names its line. Also takes what Grafana's API wraps: `{"dashboard": …}`. */
export function parseDashboardText(text: string): ParsedJson {
  const wrong = jsonError(text);
  if (wrong !== undefined) {
    const before = text.slice(0, wrong.offset).split('\n');
    return { ok: false, message: `${wrong.expected} is expected here.`, place: { line: before.length, column: (before.at(-1)?.length ?? 0) + 1, offset: wrong.offset } };
  }
  const value: unknown = JSON.parse(text);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return { ok: false, message: 'A dashboard is an object: {"title": …, "panels": […]}.' };
  }
  const wrapped = (value as Record<string, unknown>)['dashboard'];
  return { ok: true, value: (typeof wrapped === 'object' && wrapped !== null ? wrapped : value) as Record<string, unknown> };
}

/** Which top-level parts differ from what is stored: what saving will change. */
export function changedParts(before: Readonly<Record<string, unknown>>, after: Readonly<Record<string, unknown>>): string[] {
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...names].filter((name) => name !== 'version' && name !== 'id' && JSON.stringify(before[name]) !== JSON.stringify(after[name])).sort();
}
