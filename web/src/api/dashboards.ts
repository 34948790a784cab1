import { request, requestJson } from './http';

/** Shapes of docs/api.md, "Dashboards". What a dashboard's author wrote stays `unknown` until a panel reads it. */

export interface ListedDashboard {
  readonly uid: string;
  readonly title: string;
  readonly slug: string;
  readonly folder: string;
  readonly tags: readonly string[];
  readonly panels: number;
  readonly origin: 'file' | 'provisioned' | 'saved' | 'builtIn';
  readonly file?: string;
  readonly editable: boolean;
  readonly problems: number;
  readonly version: number;
  readonly updatedAt?: number;
}

export interface Place {
  readonly file?: string;
  readonly line?: number;
  readonly column?: number;
}

export interface DashboardList {
  readonly dashboards: readonly ListedDashboard[];
  readonly errors: readonly { readonly file: string; readonly message: string; readonly place?: Place }[];
  readonly asOf: number;
}

export interface Problem {
  readonly panelId?: number;
  readonly panelTitle?: string;
  readonly variable?: string;
  readonly feature: string;
  readonly message: string;
}

export interface DashboardLink {
  readonly title: string;
  readonly url: string;
  readonly newTab?: boolean;
}

export interface Variable {
  readonly name: string;
  readonly label?: string;
  readonly type: string;
  readonly hide: 0 | 1 | 2;
  readonly multi: boolean;
  readonly includeAll: boolean;
  readonly options: readonly { readonly text: string; readonly value: string }[];
  readonly current: { readonly text: string; readonly values: readonly string[] };
  readonly isAll: boolean;
  readonly limited?: { readonly shown: number; readonly total: number };
  readonly error?: string | { readonly message: string };
}

export interface Target {
  readonly refId: string;
  readonly expr: string;
  readonly legendFormat?: string;
  readonly instant?: boolean;
  readonly range?: boolean;
  readonly format?: 'time_series' | 'table' | 'heatmap';
  readonly hide?: boolean;
  readonly minIntervalMs?: number;
}

export interface Panel {
  readonly key: string;
  readonly id: number;
  readonly type: string;
  readonly title: string;
  readonly description?: string;
  readonly grid: { readonly x: number; readonly y: number; readonly w: number; readonly h: number };
  readonly transparent?: boolean;
  readonly row?: { readonly collapsed: boolean; readonly panels: readonly Panel[] };
  readonly options?: unknown;
  readonly fieldConfig?: unknown;
  readonly targets?: readonly Target[];
  readonly links?: readonly DashboardLink[];
  readonly minIntervalMs?: number;
  readonly maxDataPoints?: number;
  readonly timeFromMs?: number;
  readonly timeShiftMs?: number;
  readonly metrics?: readonly string[];
  readonly transformations?: readonly { readonly id: string; readonly options?: unknown }[];
  readonly problems?: readonly Problem[];
}

export interface ResolvedDashboard {
  readonly uid: string;
  readonly title: string;
  readonly slug: string;
  readonly folder?: string;
  readonly tags: readonly string[];
  readonly version: number;
  readonly origin: ListedDashboard['origin'];
  readonly editable: boolean;
  readonly time?: { readonly from: string; readonly to: string };
  readonly refresh?: string;
  readonly timezone?: string;
  readonly graphTooltip?: 0 | 1 | 2;
  readonly links?: readonly DashboardLink[];
  readonly variables: readonly Variable[];
  readonly panels: readonly Panel[];
  readonly problems: readonly Problem[];
}

export interface ResolveRequest {
  readonly uid?: string;
  readonly dashboard?: unknown;
  readonly variables: Readonly<Record<string, readonly string[]>>;
  readonly from: number;
  readonly to: number;
}

export function listDashboards(signal?: AbortSignal): Promise<DashboardList> {
  return requestJson('/api/pharos/v1/dashboards', { signal });
}

export function resolveDashboard(body: ResolveRequest, signal?: AbortSignal): Promise<ResolvedDashboard> {
  return requestJson('/api/pharos/v1/dashboards/resolve', { method: 'POST', body, signal });
}

export function checkDashboard(dashboard: unknown): Promise<{ readonly title: string; readonly panels: number; readonly problems: readonly Problem[] }> {
  return requestJson('/api/pharos/v1/dashboards/check', { method: 'POST', body: { dashboard } });
}

export interface StoredDashboard {
  readonly dashboard: Readonly<Record<string, unknown>>;
  readonly meta: { readonly folderUid?: string; readonly provisioned?: boolean; readonly version?: number };
}

/** The dashboard as its author wrote it. */
export function readStoredDashboard(uid: string, signal?: AbortSignal): Promise<StoredDashboard> {
  return requestJson(`/api/dashboards/uid/${encodeURIComponent(uid)}`, { signal });
}

export interface SaveRequest {
  readonly dashboard: Readonly<Record<string, unknown>>;
  readonly folderUid?: string;
  readonly message?: string;
  readonly overwrite: boolean;
}

export async function saveDashboard(body: SaveRequest): Promise<{ readonly uid: string; readonly url: string; readonly version: number }> {
  const response = await request('/api/dashboards/db', { method: 'POST', body });
  return await response.json() as { uid: string; url: string; version: number };
}
