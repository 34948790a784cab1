import { translateOldAddress } from './oldAddresses';

function lead(address: string): string | undefined {
  const url = new URL(address, 'http://pharos');
  const path = translateOldAddress(url.pathname, url.search, url.hash);
  return path === undefined ? undefined : decodeURIComponent(path.replaceAll('+', ' '));
}

describe('addresses of Prometheus', () => {
  it.each([
    ['/graph?g0.expr=up&g0.tab=0', '/query?q=up'],
    ['/graph?g0.expr=up&g0.tab=1&g1.expr=rate(x[5m])', '/query?q=up&q=rate(x[5m])&view=table'],
    ['/graph?g0.expr=up&g0.range_input=6h', '/query?q=up&from=now-6h&to=now'],
    [
      '/graph?g0.expr=up&g0.range_input=1h&g0.end_input=2026-11-20%2011:24',
      `/query?q=up&from=${Date.UTC(2026, 10, 20, 10, 24)}&to=${Date.UTC(2026, 10, 20, 11, 24)}`,
    ],
    ['/graph', '/query'],
    ['/rules', '/alerts?view=rules'],
    ['/service-discovery', '/targets?show=dropped'],
    ['/config', '/system/configuration'],
    ['/flags', '/system/flags'],
    ['/tsdb-status', '/system/storage'],
    ['/status', '/system/status'],
  ])('%s leads to %s', (from, to) => {
    expect(lead(from)).toBe(to);
  });
});

describe('addresses of Alertmanager', () => {
  it.each([
    ['/#/alerts?filter=%7Balertname%3D%22X%22%7D', '/alerts?filter=alertname="X"'],
    ['/#/alerts?silenced=true', '/alerts?show=silenced'],
    ['/#/alerts', '/alerts'],
    ['/#/silences/4d6b5e0e-1', '/silences/4d6b5e0e-1'],
    ['/#/silences', '/silences'],
    ['/#/silences/new?filter=%7Ba%3D%22b%22%7D', '/silences/new?filter=a="b"'],
    ['/#/status', '/system/configuration'],
    ['/#/nosuch', undefined],
  ])('%s leads to %s', (from, to) => {
    expect(lead(from)).toBe(to);
  });
});

describe('addresses of Grafana', () => {
  const left = JSON.stringify({ datasource: 'p', queries: [{ refId: 'A', expr: 'up' }, { refId: 'B' }], range: { from: 'now-6h', to: 'now' } });
  const panes = JSON.stringify({ abc: { queries: [{ expr: 'rate(x[5m])' }], range: { from: 'now-1h', to: 'now' } } });
  it.each([
    [`/explore?left=${encodeURIComponent(left)}`, '/query?q=up&from=now-6h&to=now'],
    [`/explore?schemaVersion=1&panes=${encodeURIComponent(panes)}`, '/query?q=rate(x[5m])&from=now-1h&to=now'],
    ['/explore?left=%5Bbroken', '/query'],
    ['/explore', '/query'],
    ['/alerting/list?search=Flask', '/alerts?view=rules&filter=Flask'],
    ['/dashboard/db/node-exporter?var-job=a&from=now-6h', '/dashboards?var-job=a&from=now-6h&slug=node-exporter'],
    ['/dashboard/file/node.json', '/dashboards?slug=node'],
    ['/dashboard/new', '/dashboards'],
    ['/login?redirectTo=%2Fd%2Fabc%2Fhost', '/d/abc/host'],
    ['/login', '/'],
  ])('%s leads to %s', (from, to) => {
    expect(lead(from)).toBe(to);
  });

  it.each(['//evil.example', '/\\evil.example', 'https://evil.example', '/login?redirectTo=/login'])('after signing in nobody is led to %s', (wanted) => {
    expect(lead(`/login?redirectTo=${encodeURIComponent(wanted)}`)).toBe('/');
  });
});

it.each(['/', '/alerts', '/d/uid/slug', '/query?q=up', '/dashboards', '/dashboardx'])('%s is an address of today', (address) => {
  expect(lead(address)).toBeUndefined();
});
