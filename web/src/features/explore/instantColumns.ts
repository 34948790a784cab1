export interface InstantColumns {
  /** Labels that differ: before the value. */
  readonly telling: readonly string[];
  /** Labels that all have alike: behind it. */
  readonly common: readonly string[];
}

/** The labels of some series as columns, the metric first, then by name. */
export function instantColumns(all: readonly Readonly<Record<string, string>>[]): InstantColumns {
  const values = new Map<string, Set<string>>();
  for (const name of new Set(all.flatMap((labels) => Object.keys(labels)))) {
    values.set(name, new Set(all.map((labels) => labels[name] ?? '')));
  }

  const names = [...values.keys()].sort((left, right) => Number(right === '__name__') - Number(left === '__name__') || (left < right ? -1 : 1));
  const differs = (name: string): boolean => all.length === 1 || (values.get(name)?.size ?? 0) > 1;
  return { telling: names.filter(differs), common: names.filter((name) => !differs(name)) };
}
