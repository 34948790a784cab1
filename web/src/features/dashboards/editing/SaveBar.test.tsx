import { MantineProvider } from '@mantine/core';
import { QueryClientProvider } from '@tanstack/react-query';
import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { MemoryRouter } from 'react-router-dom';
import type { StoredDashboard } from '../../../api/dashboards';
import { makeQueryClient } from '../../../api/queryClient';
import { SaveBar } from './SaveBar';

const json = (value: unknown, status = 200) => new Response(JSON.stringify(value), { status, headers: { 'Content-Type': 'application/json' } });

function show(stored: StoredDashboard, answers: Response[]) {
  const bodies: Record<string, unknown>[] = [];
  vi.stubGlobal('fetch', (_path: string, init: RequestInit) => {
    bodies.push(JSON.parse(String(init.body)) as Record<string, unknown>);
    return Promise.resolve(answers.shift() ?? json({}));
  });
  const [onSaved, onReload] = [vi.fn(), vi.fn()];
  render(
    <MantineProvider>
      <QueryClientProvider client={makeQueryClient()}>
        <MemoryRouter>
          <SaveBar stored={stored} edited={{ ...stored.dashboard, title: 'New' }} changed onSaved={onSaved} onReload={onReload} />
        </MemoryRouter>
      </QueryClientProvider>
    </MantineProvider>,
  );
  return { bodies, onSaved, onReload };
}

const stored: StoredDashboard = { dashboard: { uid: 'x', id: 7, title: 'Old', version: 3 }, meta: { folderUid: 'f', version: 3 } };

describe('SaveBar', () => {
  it('saves the version that was read, into its folder, with what was changed', async () => {
    const { bodies, onSaved } = show(stored, [json({ uid: 'x', url: '/d/x', version: 4 })]);
    await userEvent.type(screen.getByLabelText('What was changed'), 'title');
    await userEvent.click(screen.getByRole('button', { name: 'Save' }));
    expect(bodies).toEqual([{ dashboard: { uid: 'x', id: 7, title: 'New', version: 3 }, overwrite: false, message: 'title', folderUid: 'f' }]);
    await vi.waitFor(() => { expect(onSaved).toHaveBeenCalled(); });
  });

  it('tells a conflict of versions and saves over it only when asked', async () => {
    const { bodies, onReload } = show(stored, [json({ message: 'The dashboard has been changed by someone else', status: 'version-mismatch' }, 412), json({ uid: 'x', url: '/d/x', version: 5 })]);
    await userEvent.click(screen.getByRole('button', { name: 'Save' }));
    expect(await screen.findByRole('alert')).toHaveTextContent('Somebody saved another version in the meantime.');
    await userEvent.click(screen.getByRole('button', { name: /Load the other version/ }));
    expect(onReload).toHaveBeenCalled();
    await userEvent.click(screen.getByRole('button', { name: 'Save over it' }));
    expect(bodies.map(({ overwrite }) => overwrite)).toEqual([false, true]);
  });

  it('saves a dashboard that a file rules as another one', async () => {
    const { bodies } = show({ ...stored, meta: { provisioned: true } }, [json({ uid: 'y', url: '/d/y', version: 1 })]);
    expect(screen.queryByRole('button', { name: 'Save' })).not.toBeInTheDocument();
    await userEvent.click(screen.getByRole('button', { name: 'Save as another dashboard' }));
    expect(bodies[0]?.['dashboard']).toEqual({ title: 'New copy' });
  });
});
