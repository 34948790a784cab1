import { MantineProvider } from '@mantine/core';
import { QueryClientProvider } from '@tanstack/react-query';
import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { MemoryRouter } from 'react-router-dom';
import type { DashboardList, ListedDashboard } from '../../../api/dashboards';
import { makeQueryClient } from '../../../api/queryClient';
import { DashboardsPage } from './DashboardsPage';

const listed = (title: string, more: Partial<ListedDashboard> = {}): ListedDashboard => ({
  uid: title, title, slug: title.toLowerCase(), folder: '', tags: [], panels: 3, origin: 'file', editable: false, problems: 0, version: 1, ...more,
});

function show(list: Omit<DashboardList, 'asOf'>) {
  vi.stubGlobal('fetch', (path: string) => Promise.resolve(new Response(JSON.stringify(path.endsWith('/dashboards') ? { ...list, asOf: 1 } : {}), { headers: { 'Content-Type': 'application/json' } })));
  render(
    <MantineProvider><QueryClientProvider client={makeQueryClient()}><MemoryRouter><DashboardsPage /></MemoryRouter></QueryClientProvider></MantineProvider>,
  );
}

describe('DashboardsPage', () => {
  it('lists dashboards in folders, with what is not drawn', async () => {
    show({ dashboards: [listed('Nodes', { folder: 'System', problems: 2 }), listed('Home')], errors: [] });
    expect(await screen.findByRole('link', { name: 'Nodes' })).toHaveAttribute('href', '/d/Nodes/nodes');
    expect(screen.getByRole('heading', { name: 'System' })).toBeInTheDocument();
    expect(screen.getByText('2 things not drawn')).toBeInTheDocument();
  });

  it('finds by words and tags', async () => {
    show({ dashboards: [listed('Nodes', { tags: ['node'] }), listed('Home')], errors: [] });
    await userEvent.type(await screen.findByRole('searchbox'), 'hom');
    expect(screen.queryByRole('link', { name: 'Nodes' })).not.toBeInTheDocument();
    await userEvent.clear(screen.getByRole('searchbox'));
    await userEvent.click(screen.getByRole('button', { name: 'node 1' }));
    expect(screen.queryByRole('link', { name: 'Home' })).not.toBeInTheDocument();
  });

  it('names files that could not be read, with their place', async () => {
    show({ dashboards: [], errors: [{ file: 'dashboards/broken.json', message: 'A value is expected.', place: { line: 4, column: 7 } }] });
    expect(await screen.findByRole('alert')).toHaveTextContent('dashboards/broken.json:4:7A value is expected.');
  });

  it('says how the first one comes about', async () => {
    show({ dashboards: [], errors: [] });
    expect(await screen.findByText('Nothing to look at yet')).toBeInTheDocument();
  });
});
