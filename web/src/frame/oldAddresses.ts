import { parseDuration } from '../lib/formatDuration';

/**
 * Where an address of Prometheus, Alertmanager or Grafana leads here, with its parameters: bookmarks, `generatorURL` and chat messages stay alive.
 * Undefined for an address that is none of theirs.
 */
export function translateOldAddress(pathname: string, search: string, hash: string): string | undefined {
  const params = new URLSearchParams(search);
  if (pathname === '/' && hash.startsWith('#/')) {
    return ofAlertmanager(hash.slice(1));
  }

  switch (pathname) {
    case '/graph':
      return ofGraph(params);
    case '/rules':
      return withParams('/alerts', { view: 'rules', filter: params.get('search') });
    case '/service-discovery':
      return withParams('/targets', { show: 'dropped', filter: params.get('search') });
    case '/config':
      return '/system/configuration';
    case '/flags':
      return '/system/flags';
    case '/tsdb-status':
      return '/system/storage';
    case '/status':
      return '/system/status';
    case '/explore':
      return ofExplore(params);
    case '/alerting/list':
      return withParams('/alerts', { view: 'rules', filter: params.get('search') });
    case '/login':
      return ofLogin(params);
    default:
      return ofDashboardSlug(pathname, search);
  }
}

/** Alertmanager's pages are behind the hash. */
function ofAlertmanager(inner: string): string | undefined {
  const url = new URL(inner, 'http://alertmanager');
  const silence = /^\/silences\/([^/]+)(?:\/edit)?$/.exec(url.pathname);
  if (silence !== null && silence[1] !== 'new') {
    return `/silences/${silence[1] ?? ''}`;
  }

  switch (url.pathname) {
    case '/alerts':
      return withParams('/alerts', { filter: stripBraces(url.searchParams.get('filter')), show: url.searchParams.get('silenced') === 'true' ? 'silenced' : null });
    case '/silences':
      return withParams('/silences', { filter: stripBraces(url.searchParams.get('filter')) });
    case '/silences/new':
      return withParams('/silences/new', { filter: stripBraces(url.searchParams.get('filter')) });
    case '/status':
      return '/system/configuration';
    default:
      return undefined;
  }
}

/** `g0.expr`, `g0.range_input`, `g0.end_input` … of as many panels as there are: queries of one page that share its range. */
function ofGraph(params: URLSearchParams): string {
  const next = new URLSearchParams();
  for (let index = 0; params.has(`g${index}.expr`) && index < 100; index++) {
    next.append('q', params.get(`g${index}.expr`) ?? '');
  }

  const width = parseDuration(params.get('g0.range_input') ?? '1h') ?? 3_600_000;
  const end = Date.parse(`${(params.get('g0.end_input') ?? params.get('g0.moment_input') ?? '').trim().replace(' ', 'T')}Z`);
  if (!Number.isNaN(end)) {
    next.set('from', String(end - width));
    next.set('to', String(end));
  } else if (params.has('g0.range_input')) {
    next.set('from', `now-${params.get('g0.range_input') ?? '1h'}`);
    next.set('to', 'now');
  }

  // Upstream: tab 0 draws, tab 1 is the table.
  if (params.get('g0.tab') === '1' || params.get('g0.tab') === 'table') {
    next.set('view', 'table');
  }

  return withQuery('/query', next);
}

/** Grafana keeps queries as JSON in `left`, or in `panes` by pane. */
function ofExplore(params: URLSearchParams): string {
  const next = new URLSearchParams();
  for (const pane of panesOf(params)) {
    for (const query of arrayOf(pane['queries'])) {
      if (isRecord(query) && typeof query['expr'] === 'string' && query['expr'] !== '') {
        next.append('q', query['expr']);
      }
    }

    const range = pane['range'];
    if (isRecord(range) && !next.has('from')) {
      next.set('from', String(range['from']));
      next.set('to', String(range['to']));
    }
  }

  return withQuery('/query', next);
}

function panesOf(params: URLSearchParams): readonly Readonly<Record<string, unknown>>[] {
  const [panes, left] = [parseJson(params.get('panes')), parseJson(params.get('left'))];
  return isRecord(panes) ? Object.values(panes).filter(isRecord) : isRecord(left) ? [left] : [];
}

/** Only to a path of our own: `redirectTo=//elsewhere` must not lead there. */
function ofLogin(params: URLSearchParams): string {
  const wanted = params.get('redirectTo') ?? '/';
  return /^\/(?![/\\])/.test(wanted) && !wanted.startsWith('/login') ? wanted : '/';
}

/** Grafana's addresses before 5.0 had no uid. */
function ofDashboardSlug(pathname: string, search: string): string | undefined {
  const slug = /^\/dashboard\/(?:db|file)\/([^/]+?)(?:\.json)?$/.exec(pathname)?.[1];
  if (slug === undefined) {
    return pathname.startsWith('/dashboard/') || pathname === '/dashboard' ? '/dashboards' : undefined;
  }

  const params = new URLSearchParams(search);
  params.set('slug', decodeURIComponent(slug));
  return withQuery('/dashboards', params);
}

function stripBraces(filter: string | null): string | null {
  return filter === null ? null : filter.replace(/^\s*\{(.*)\}\s*$/s, '$1');
}

function withParams(path: string, values: Readonly<Record<string, string | null>>): string {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(values)) {
    if (value !== null && value !== '') {
      params.set(name, value);
    }
  }

  return withQuery(path, params);
}

function withQuery(path: string, params: URLSearchParams): string {
  const text = params.toString();
  return text === '' ? path : `${path}?${text}`;
}

function parseJson(text: string | null): unknown {
  try {
    return text === null ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}

function arrayOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
