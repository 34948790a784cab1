import type { ListedDashboard } from '../../../api/dashboards';

export interface DashboardFolder {
  readonly name: string;
  readonly dashboards: readonly ListedDashboard[];
}

/** The dashboards that match all words of a search, by title, folder or tag, and that have all tags; in folders, both by name. */
export function groupDashboards(all: readonly ListedDashboard[], search: string, tags: readonly string[]): DashboardFolder[] {
  const words = search.toLowerCase().split(/\s+/).filter((word) => word !== '');
  const found = all.filter((one) => {
    const text = [one.title, one.folder, ...one.tags].join(' ').toLowerCase();
    return words.every((word) => text.includes(word)) && tags.every((tag) => one.tags.includes(tag));
  });
  const folders = new Map<string, ListedDashboard[]>();
  for (const one of found.toSorted((a, b) => a.title.localeCompare(b.title, 'en', { numeric: true }))) {
    folders.set(one.folder, [...(folders.get(one.folder) ?? []), one]);
  }
  return [...folders].map(([name, dashboards]) => ({ name, dashboards })).sort((a, b) => a.name.localeCompare(b.name, 'en', { numeric: true }));
}

/** Tags with how many dashboards have them, the most used first. */
export function countTags(all: readonly ListedDashboard[]): { readonly tag: string; readonly count: number }[] {
  const counts = new Map<string, number>();
  for (const tag of all.flatMap((one) => one.tags)) {
    counts.set(tag, (counts.get(tag) ?? 0) + 1);
  }
  return [...counts].map(([tag, count]) => ({ tag, count })).sort((a, b) => b.count - a.count || a.tag.localeCompare(b.tag));
}
