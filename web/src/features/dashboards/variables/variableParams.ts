import type { Variable } from '../../../api/dashboards';

/** The values of variables as an address has them: `var-name`, repeated, Grafana's own form. */

const prefix = 'var-';
const mostValues = 2000;

export const allValue = '$__all';

export function variablesOf(params: URLSearchParams): Record<string, string[]> {
  const values: Record<string, string[]> = {};
  let count = 0;
  for (const [name, value] of params) {
    if (name.startsWith(prefix) && name.length > prefix.length && count < mostValues) {
      const key = name.slice(prefix.length);
      values[key] = [...(Object.hasOwn(values, key) ? values[key] ?? [] : []), value === 'All' ? allValue : value];
      count++;
    }
  }
  return values;
}

export function withVariable(params: URLSearchParams, name: string, values: readonly string[]): URLSearchParams {
  const next = new URLSearchParams(params);
  next.delete(prefix + name);
  for (const value of values.length === 0 ? [''] : values) {
    next.append(prefix + name, value);
  }
  return next;
}

/** All that is chosen, for links to other dashboards. */
export function variableQuery(variables: readonly Variable[]): string {
  const params = new URLSearchParams();
  for (const variable of variables) {
    for (const value of variable.current.values) {
      params.append(prefix + variable.name, value);
    }
  }
  return params.toString();
}

/** What a click on a value means in a list of several: All stands alone, and none is All. */
export function toggledValues(variable: Variable, chosen: readonly string[], value: string): string[] {
  if (value === allValue) {
    return [allValue];
  }
  const without = chosen.filter((one) => one !== allValue);
  const next = without.includes(value) ? without.filter((one) => one !== value) : [...without, value];
  return next.length === 0 && variable.includeAll ? [allValue] : next;
}

/** "All 6", one value, or how many. */
export function chosenText(variable: Variable): { readonly text: string; readonly count?: number } {
  if (variable.isAll) {
    return { text: 'All', count: variable.options.filter(({ value }) => value !== allValue).length };
  }
  const { text, values } = variable.current;
  return values.length > 2 ? { text: `${values.length} chosen` } : { text: text === '' ? values.join(', ') : text };
}
