import { MantineProvider } from '@mantine/core';
import { QueryClientProvider } from '@tanstack/react-query';
import { act, render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { MemoryRouter, Route, Routes, useLocation } from 'react-router-dom';
import type { Panel, ResolvedDashboard, Variable } from '../../api/dashboards';
import { makeQueryClient } from '../../api/queryClient';
import { refreshNow } from '../../state/clock';
import { DashboardPage } from './DashboardPage';

const stat = (id: number, title: string, more: Partial<Panel> = {}): Panel => ({
  key: `p${id}`, id, type: 'stat', title, grid: { x: (id - 1) * 6, y: 0, w: 6, h: 4 }, options: {}, fieldConfig: { defaults: { unit: 'reqps' } },
  targets: [{ refId: 'A', expr: `q${id}`, format: 'time_series' }], ...more,
});
const pod: Variable = {
  name: 'pod', type: 'query', hide: 0, multi: false, includeAll: false, isAll: false, options: [{ text: 'a', value: 'a' }, { text: 'b', value: 'b' }], current: { text: 'a', values: ['a'] },
};
const dashboard: ResolvedDashboard = {
  uid: 'x', title: 'Endpoints', slug: 'endpoints', tags: [], version: 3, origin: 'saved', editable: true, time: { from: 'now-3h', to: 'now' },
  variables: [pod], panels: [stat(1, 'Requests'), stat(2, 'Errors'), stat(3, 'Words', { type: 'text', options: { mode: 'code', content: 'hello' }, targets: [] })],
  problems: [{ panelId: 2, panelTitle: 'Errors', feature: 'glow', message: 'The option glow is not drawn.' }],
};

interface Asked {
  readonly path: string;
  readonly body: Readonly<Record<string, unknown>>;
}

function server(answers: Readonly<Record<string, (body: Readonly<Record<string, unknown>>) => Response>>) {
  const asked: Asked[] = [];
  vi.stubGlobal('fetch', (path: string, init: RequestInit) => {
    const body = JSON.parse(typeof init.body === 'string' ? init.body : '{}') as Record<string, unknown>;
    asked.push({ path, body });
    const found = Object.entries(answers).find(([start]) => path.startsWith(start));
    return Promise.resolve(found?.[1](body) ?? new Response('{}', { status: 404, headers: { 'Content-Type': 'application/json' } }));
  });
  return asked;
}
const json = (value: unknown, status = 200) => new Response(JSON.stringify(value), { status, headers: { 'Content-Type': 'application/json' } });

const good = {
  '/api/pharos/v1/session': () => json({ signedIn: true, authMode: 'full', role: 'Editor', setupNeeded: false, instance: 'x', timeZone: 'UTC' }),
  '/api/pharos/v1/annotations': () => json({ bands: [], marks: [], asOf: 1 }),
  '/api/pharos/v1/dashboards/resolve': () => json(dashboard),
  '/api/pharos/v1/query/batch': (body: Readonly<Record<string, unknown>>) => {
    const queries = body['queries'] as { id: string; expr: string }[];
    const lines = queries.map(({ id, expr }) => (expr === 'q2'
      ? { id, expr, error: { message: 'rate needs a range, such as [5m].', place: { line: 1, column: 6 } } }
      : { id, expr, t0: 0, step: 1000, steps: 1, series: [{ labels: {}, name: 'all', values: [142] }] }));
    return new Response([...lines, { done: true, asOf: 1 }].map((line) => JSON.stringify(line)).join('\n'));
  },
};

function Address() {
  const { pathname, search } = useLocation();
  return <output aria-label="address">{pathname + search}</output>;
}

function show(address: string) {
  return render(
    <MantineProvider>
      <QueryClientProvider client={makeQueryClient()}>
        <MemoryRouter initialEntries={[address]}>
          <Routes>
            <Route path="/d/:uid/:slug" element={<DashboardPage />} />
          </Routes>
          <Address />
        </MemoryRouter>
      </QueryClientProvider>
    </MantineProvider>,
  );
}
const address = () => screen.getByLabelText('address').textContent;

describe('DashboardPage', () => {
  it('draws its panels with one request for all of them', async () => {
    const asked = server(good);
    show('/d/x/endpoints?from=now-1h&to=now');
    const panel = await screen.findByRole('region', { name: 'Requests' });
    expect(await within(panel).findByText('142')).toBeInTheDocument();
    expect(await screen.findByText('hello')).toBeInTheDocument();
    const batches = asked.filter(({ path }) => path.endsWith('/query/batch'));
    expect(batches.map(({ body }) => (body['queries'] as { id: string }[]).map(({ id }) => id))).toEqual([['p1/A', 'p2/A']]);
  });

  it('shows the error of a panel in that panel, with its place and expression', async () => {
    server(good);
    show('/d/x/endpoints?from=now-1h&to=now');
    const panel = await screen.findByRole('region', { name: 'Errors' });
    const told = await within(panel).findByRole('alert');
    expect(told).toHaveTextContent('rate needs a range, such as [5m]. line 1, column 6');
    expect(told).toHaveTextContent('q2');
  });

  it('shows warnings of a panel on it, with the part of the query, louder than what is good to know', async () => {
    server({
      ...good, '/api/pharos/v1/query/batch': () => new Response([
        { id: 'p1/A', expr: 'rate(up[5m])', t0: 0, step: 1000, steps: 1, series: [{ labels: {}, name: 'all', values: [142] }], warnings: [{ text: 'quantile out of range' }], infos: [{ text: 'not a counter', place: { offset: 5, length: 2 } }] },
        { done: true, asOf: 1 },
      ].map((line) => JSON.stringify(line)).join('\n')),
    });
    show('/d/x/endpoints?from=now-1h&to=now&viewPanel=1');
    const panel = await screen.findByRole('region', { name: 'Requests' });
    expect(await within(panel).findByRole('img', { name: 'quantile out of range' })).toBeInTheDocument();
    expect(within(panel).getByRole('img', { name: 'not a counter' })).toBeInTheDocument();
    await userEvent.click(within(panel).getByRole('button', { name: 'Menu of Requests' }));
    expect(await screen.findByText('up')).toBeInTheDocument();
    expect(screen.getByText(/quantile out of range/)).toBeInTheDocument();
  });

  it('says so when a panel is answered by native histograms', async () => {
    const histogram = { values: 1, step: 0, count: 1, sum: 1, buckets: [[0, 0, 1, 1]] };
    server({
      ...good, '/api/pharos/v1/query/batch': () => new Response([
        { id: 'p1/A', expr: 'h', t0: 0, step: 1000, steps: 1, series: [{ labels: {}, name: 'h', values: [null], histogram }] }, { done: true, asOf: 1 },
      ].map((line) => JSON.stringify(line)).join('\n')),
    });
    show('/d/x/endpoints?from=now-1h&to=now&viewPanel=1');
    expect(await within(await screen.findByRole('region', { name: 'Requests' })).findByText(/^The series are native histograms/)).toBeInTheDocument();
  });

  it('lists what is not drawn', async () => {
    server(good);
    show('/d/x/endpoints?from=now-1h&to=now');
    await userEvent.click(await screen.findByText('1 thing that this dashboard asks for is not drawn'));
    expect(screen.getByText('The option glow is not drawn.')).toBeInTheDocument();
  });

  it('takes the range of the dashboard when the address has none', async () => {
    server(good);
    show('/d/x/endpoints');
    await waitFor(() => { expect(address()).toBe('/d/x/endpoints?from=now-3h&to=now'); });
  });

  it('resolves anew when a variable is chosen, and keeps it in the address', async () => {
    const asked = server(good);
    show('/d/x/endpoints?from=now-1h&to=now');
    await userEvent.click(await screen.findByRole('button', { name: 'pod a' }));
    await userEvent.click(await screen.findByRole('option', { name: 'b' }));
    expect(address()).toContain('var-pod=b');
    await waitFor(() => { expect(asked.filter(({ path }) => path.endsWith('/resolve')).at(-1)?.body).toMatchObject({ uid: 'x', variables: { pod: ['b'] } }); });
  });

  it('shows one panel alone where the address says so', async () => {
    server(good);
    show('/d/x/endpoints?from=now-1h&to=now&viewPanel=1');
    expect(await screen.findByRole('region', { name: 'Requests' })).toBeInTheDocument();
    expect(screen.queryByRole('region', { name: 'Errors' })).not.toBeInTheDocument();
  });

  it('keeps the last figures, marked as old, when a newer answer does not come', async () => {
    let fails = false;
    server({
      ...good, '/api/pharos/v1/query/batch': (body) => (fails ? json({ error: { message: 'The store is closed.' } }, 500) : good['/api/pharos/v1/query/batch'](body)),
    });
    show('/d/x/endpoints?from=now-1h&to=now&viewPanel=1');
    const panel = await screen.findByRole('region', { name: 'Requests' });
    expect(await within(panel).findByText('142')).toBeInTheDocument();
    fails = true;
    await waitFor(async () => {
      await act(async () => { refreshNow(); await Promise.resolve(); });
      expect(within(panel).getByText(/^old: /)).toBeInTheDocument();
    });
    expect(within(panel).getByText('142')).toBeInTheDocument();
    fails = false;
    await act(async () => { refreshNow(); await Promise.resolve(); });
    await waitFor(() => { expect(within(panel).queryByText(/^old: /)).not.toBeInTheDocument(); });
  });

  it('offers editing to editors only', async () => {
    server({ ...good, '/api/pharos/v1/session': () => json({ signedIn: true, authMode: 'full', role: 'Viewer', setupNeeded: false, instance: 'x' }) });
    show('/d/x/endpoints?from=now-1h&to=now&view=edit');
    expect(await screen.findByRole('region', { name: 'Requests' })).toBeInTheDocument();
    expect(screen.queryByRole('button', { name: 'Edit' })).not.toBeInTheDocument();
  });

  it('says why when there is no such dashboard', async () => {
    server({ ...good, '/api/pharos/v1/dashboards/resolve': () => json({ error: { message: 'No dashboard has the identity x.' } }, 404) });
    show('/d/x/endpoints?from=now-1h&to=now');
    expect(await screen.findByRole('alert')).toHaveTextContent('No dashboard has the identity x.');
  });
});
