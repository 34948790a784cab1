import { useQueries } from '@tanstack/react-query';
import { requestJson, requestPrometheus } from './http';

/** A thing one can jump to. */
export interface JumpTarget {
  readonly kind: 'dashboard' | 'metric' | 'rule' | 'target';
  readonly text: string;
  readonly path: string;
}

interface RuleGroups {
  readonly groups: readonly { readonly name: string; readonly rules: readonly { readonly name: string; readonly type: string }[] }[];
}

interface ActiveTargets {
  readonly activeTargets: readonly { readonly scrapePool: string; readonly labels: Readonly<Record<string, string>>; readonly scrapeUrl: string }[];
}

// A list to jump from, not one to read: enough to find anything by typing.
const most = 20_000;

const sources: readonly { readonly kind: JumpTarget['kind']; load(signal: AbortSignal): Promise<readonly JumpTarget[]> }[] = [
  {
    kind: 'dashboard',
    load: async (signal) => {
      const { dashboards } = await requestJson<{ dashboards: readonly { uid: string; title: string; slug: string }[] }>('/api/pharos/v1/dashboards', { signal });
      return dashboards.map(({ uid, title, slug }) => ({ kind: 'dashboard', text: title, path: `/d/${encodeURIComponent(uid)}/${encodeURIComponent(slug)}` }));
    },
  },
  {
    kind: 'metric',
    load: async (signal) => {
      const { data } = await requestPrometheus<readonly string[]>(`/api/v1/label/__name__/values?limit=${most}`, { signal });
      return data.map((name) => ({ kind: 'metric', text: name, path: `/query?q=${encodeURIComponent(name)}` }));
    },
  },
  {
    kind: 'rule',
    load: async (signal) => {
      const { data } = await requestPrometheus<RuleGroups>('/api/v1/rules', { signal });
      const names = data.groups.flatMap((group) => group.rules.map((rule) => rule.name));
      return [...new Set(names)].map((name) => ({ kind: 'rule', text: name, path: `/alerts?view=rules&filter=${encodeURIComponent(name)}` }));
    },
  },
  {
    kind: 'target',
    load: async (signal) => {
      const { data } = await requestPrometheus<ActiveTargets>('/api/v1/targets?state=active', { signal });
      return data.activeTargets.slice(0, most).map((target) => {
        const instance = target.labels['instance'] ?? target.scrapeUrl;
        return { kind: 'target', text: `${target.scrapePool} ${instance}`, path: `/targets?filter=${encodeURIComponent(instance)}` };
      });
    },
  },
];

/** Everything there is to jump to, asked for when the list opens. A source that fails leaves its things out. */
export function useJumpTargets(enabled: boolean): readonly JumpTarget[] {
  return useQueries({
    queries: sources.map(({ kind, load }) => ({
      queryKey: ['jump', kind],
      queryFn: ({ signal }: { signal: AbortSignal }) => load(signal),
      enabled,
      retry: false,
      staleTime: 30_000,
    })),
    combine: combineTargets,
  });
}

function combineTargets(results: readonly { readonly data: readonly JumpTarget[] | undefined }[]): readonly JumpTarget[] {
  return results.flatMap((result) => result.data ?? []);
}
