import type { ActiveTarget, DroppedTarget, TargetLabels } from '../../api/targets';

export type TargetState = 'down' | 'unknown' | 'up' | 'dropped';

/** One line of the list. */
export interface TargetRow {
  /** Of what was discovered, so that it stays over reloads and restarts. */
  readonly id: string;
  readonly pool: string;
  readonly state: TargetState;
  /** What people call it: its instance, else its address. */
  readonly name: string;
  /** Absent for a dropped one. */
  readonly active?: ActiveTarget;
  readonly discovered: TargetLabels;
}

export interface PoolRows {
  readonly name: string;
  readonly up: number;
  readonly total: number;
  readonly dropped: number;
  /** As Prometheus writes it; undefined without active targets, or when they differ. */
  readonly interval: string | undefined;
  readonly rows: readonly TargetRow[];
}

const order: readonly TargetState[] = ['down', 'unknown', 'up', 'dropped'];

export function rowsOf(active: readonly ActiveTarget[], dropped: readonly DroppedTarget[]): readonly TargetRow[] {
  const rows = [
    ...active.map((target): TargetRow => ({
      id: identityOf(target.scrapePool, target.discoveredLabels, target.scrapeUrl), pool: target.scrapePool, state: target.health, name: target.labels['instance'] ?? target.scrapeUrl,
      active: target, discovered: target.discoveredLabels,
    })),
    ...dropped.map((target): TargetRow => ({
      id: identityOf(target.scrapePool, target.discoveredLabels, ''), pool: target.scrapePool, state: 'dropped', name: target.discoveredLabels['__address__'] ?? 'without an address', discovered: target.discoveredLabels,
    })),
  ];
  return rows.sort((left, right) => order.indexOf(left.state) - order.indexOf(right.state) || left.name.localeCompare(right.name, 'en', { numeric: true }));
}

/** Rows in their pools, the pools by name; `names` has those without targets too. */
export function poolsOf(names: readonly string[], rows: readonly TargetRow[], droppedCounts: Readonly<Record<string, number>>): readonly PoolRows[] {
  const all = [...new Set([...names, ...rows.map(({ pool }) => pool)])].sort((left, right) => left.localeCompare(right, 'en', { numeric: true }));
  const byPool = new Map(all.map((name): [string, TargetRow[]] => [name, []]));
  for (const row of rows) {
    byPool.get(row.pool)?.push(row);
  }

  return all.map((name) => {
    const own = byPool.get(name) ?? [];
    const active = own.filter(({ state }) => state !== 'dropped');
    const intervals = new Set(active.flatMap((row) => row.active?.scrapeInterval ?? []));
    return {
      name, rows: own, up: active.filter(({ state }) => state === 'up').length, total: active.length,
      dropped: droppedCounts[name] ?? 0, interval: intervals.size === 1 ? [...intervals][0] : undefined,
    };
  });
}

/** What the counts at the top leave: a state that is chosen, else every active one; dropped ones come in addition. */
export function isShown(row: TargetRow, show: ReadonlySet<string>): boolean {
  if (row.state === 'dropped') {
    return show.has('dropped');
  }

  const chosen = show.has('up') || show.has('down');
  return !chosen || (row.state === 'unknown' ? show.has('down') : show.has(row.state));
}

/** Every word stands in the name, the pool, a label, the address or the error. */
export function matches(row: TargetRow, filter: string): boolean {
  const words = filter.toLowerCase().split(/\s+/).filter((word) => word !== '');
  if (words.length === 0) {
    return true;
  }

  const labels = row.active?.labels ?? row.discovered;
  const text = [row.name, row.pool, row.active?.scrapeUrl ?? '', row.active?.lastError ?? '', row.state, ...Object.entries(labels).map(([name, value]) => `${name}=${value}`)].join('\n').toLowerCase();
  return words.every((word) => text.includes(word.replace(/^([a-z_]\w*)="(.*)"$/, '$1=$2')));
}

/** The labels that tell a target from the others of its pool: not job and instance, which stand elsewhere. */
export function tellingLabels(row: TargetRow): readonly (readonly [string, string])[] {
  const labels = row.active?.labels ?? Object.fromEntries(Object.entries(row.discovered).flatMap(([name, value]) => (name.startsWith('__meta_') || !name.startsWith('__') ? [[shortName(name), value]] : [])));
  const found = Object.entries(labels).filter(([name]) => name !== 'job' && name !== 'instance');
  return found.length > 0 ? found : Object.entries(labels).filter(([name]) => name === 'job');
}

function shortName(meta: string): string {
  return meta.replace(/^__meta_(?:kubernetes_)?/, '');
}

/** FNV-1a over 53 bits: short enough for an address, and the same in every browser. */
function identityOf(pool: string, discovered: TargetLabels, url: string): string {
  const text = JSON.stringify([pool, url, Object.entries(discovered).sort(([left], [right]) => (left < right ? -1 : 1))]);
  let [high, low] = [0x811c9dc5, 0x84222325];
  for (let index = 0; index < text.length; index++) {
    low = Math.imul(low ^ text.charCodeAt(index), 0x01000193);
    high = Math.imul(high ^ text.charCodeAt(index) ^ (low >>> 16), 0x01000193);
  }

  return ((high & 0x1fffff) * 0x1_0000_0000 + (low >>> 0)).toString(36);
}
