import type { Column } from './alignment';
import type { ChartSeries } from './seriesModel';

export interface Stacked {
  /** Upper borders, of the series' own sign: negative values stand below zero. */
  readonly columns: Column[];
  /** Pairs of series (upper, lower) between which the fill belongs. */
  readonly bands: readonly (readonly [number, number])[];
}

/** Adds up the series of each group in their order; what is not stacked passes unchanged. A gap counts as nothing in the sum above it. */
export function stackColumns(series: readonly ChartSeries[], columns: readonly Column[]): Stacked {
  const result = columns.map((c) => c);
  const bands: [number, number][] = [];
  const groups = new Map<string, number[]>();
  series.forEach((s, i) => {
    if (s.style.stack !== undefined) {
      const key = `${s.style.stack.group}\u0000${s.style.axis}\u0000${isNegative(columns[i] ?? []) ? '-' : '+'}`;
      groups.set(key, [...(groups.get(key) ?? []), i]);
    }
  });
  for (const members of groups.values()) {
    const firstMember = members[0];
    const percent = firstMember !== undefined && series[firstMember]?.style.stack?.percent === true;
    const totals = percent ? totalsOf(members, columns) : undefined;
    const sums: number[] = [];
    let below: number | undefined;
    for (const index of members) {
      const own = columns[index] ?? [];
      result[index] = own.map((value, i) => {
        if (typeof value !== 'number') {
          return value;
        }
        const share = totals === undefined ? value : shareOf(value, totals[i] ?? 0);
        const sum = (sums[i] ?? 0) + share;
        sums[i] = sum;
        return sum;
      });
      if (below !== undefined) {
        bands.push([index, below]);
      }
      below = index;
    }
  }
  return { columns: result, bands };
}

function totalsOf(members: readonly number[], columns: readonly Column[]): number[] {
  const totals: number[] = [];
  for (const index of members) {
    (columns[index] ?? []).forEach((value, i) => {
      totals[i] = (totals[i] ?? 0) + (typeof value === 'number' ? Math.abs(value) : 0);
    });
  }
  return totals;
}

function shareOf(value: number, total: number): number {
  return total === 0 ? 0 : value / total;
}

function isNegative(values: Column): boolean {
  let seen = false;
  for (const value of values) {
    if (typeof value === 'number' && value !== 0) {
      if (value > 0) {
        return false;
      }
      seen = true;
    }
  }
  return seen;
}
