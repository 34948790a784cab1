/** Names of the labels of some series as columns: the metric first, then those that differ, then the rest, each by name. */
export function instantColumns(all: readonly Readonly<Record<string, string>>[]): readonly string[] {
  const values = new Map<string, Set<string>>();
  for (const labels of all) {
    for (const [name, value] of Object.entries(labels)) {
      values.set(name, (values.get(name) ?? new Set()).add(value));
    }
  }

  const rank = (name: string): number => (name === '__name__' ? 0 : (values.get(name)?.size ?? 0) > 1 ? 1 : 2);
  return [...values.keys()].sort((left, right) => rank(left) - rank(right) || (left < right ? -1 : 1));
}
