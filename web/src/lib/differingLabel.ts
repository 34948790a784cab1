/** The label whose values alone tell the series apart; undefined when it takes several. */
export function onlyDifferingLabel(all: readonly Readonly<Record<string, string>>[]): string | undefined {
  const values = new Map<string, Set<string>>();
  for (const labels of all) {
    for (const name of Object.keys(labels)) {
      values.set(name, values.get(name) ?? new Set());
    }
  }
  for (const [name, seen] of values) {
    for (const labels of all) {
      seen.add(labels[name] ?? '');
    }
  }
  const differing = [...values].filter(([, seen]) => seen.size > 1).map(([name]) => name);
  return differing.length === 1 ? differing[0] : undefined;
}
