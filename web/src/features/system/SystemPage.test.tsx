import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { Route, Routes } from 'react-router-dom';
import { fakeServer } from '../../testing/fakeServer';
import { draw } from '../../testing/render';
import { SystemPage } from './SystemPage';

const session = (role: string): unknown => ({ signedIn: true, authMode: 'full', setupNeeded: false, instance: 'i', name: 'admin', role, csrf: 't', version: '0.1.0', timeZone: 'UTC' });
const now = Date.UTC(2026, 10, 20, 11, 24);

function drawSystem(section: string, answers: Parameters<typeof fakeServer>[0], role = 'Admin'): ReturnType<typeof fakeServer> {
  const requests = fakeServer({ 'GET /api/pharos/v1/session': { body: session(role) }, ...answers });
  draw(
    <Routes>
      <Route path="/system/:section" element={<SystemPage />} />
    </Routes>,
    `/system/${section}`,
  );
  return requests;
}

it('says in one sentence how Pharos is, then part by part', async () => {
  drawSystem('status', {
    'GET /api/pharos/v1/status': {
      body: {
        components: [
          { name: 'Storage', state: 'ok', text: '1,204 series' },
          { name: 'Slack', state: 'error', text: 'the last message failed: 403', fix: 'Check the URL in alertmanager.yml.' },
        ],
        startedAt: now,
        version: '0.1.0',
        revision: 'abcdef0123456789',
        uptimeMs: 250_000,
        dataFolder: 'data',
        asOf: now,
      },
    },
  });
  expect(await screen.findByText('1 part of Pharos needs attention.')).toBeInTheDocument();
  expect(screen.getByRole('img', { name: 'error' })).toBeInTheDocument();
  expect(screen.getByText('Check the URL in alertmanager.yml.')).toBeInTheDocument();
  expect(screen.getByText('0.1.0, abcdef012345')).toBeInTheDocument();
});

it('shows where the reload failed, and what still runs', async () => {
  drawSystem('configuration', {
    'GET /api/v1/status/flags': { body: { status: 'success', data: { 'web.enable-lifecycle': 'false' } } },
    'GET /api/pharos/v1/configuration': {
      body: {
        files: [
          { path: '/etc/alertmanager.yml', kind: 'alertmanager', text: 'route:\n' },
          { path: '/etc/prometheus.yml', kind: 'prometheus', text: 'a: 1\nrelabel_config:\n' },
        ],
        loadedAt: Date.UTC(2026, 10, 20, 10, 58),
        lastReload: { ok: false, time: Date.UTC(2026, 10, 20, 11, 22, 8), error: { message: 'unknown field relabel_config', place: { file: 'prometheus.yml', line: 2 } } },
        asOf: now,
      },
    },
  });
  expect(await screen.findByRole('alert')).toHaveTextContent('Reload failed at 11:22:08. Pharos still runs the configuration of 10:58. unknown field relabel_config prometheus.yml:2');
  const marked = document.querySelector('[data-marked]');
  expect(marked).toHaveTextContent('relabel_config:');
  expect(await screen.findByRole('button', { name: 'Reload' })).toBeDisabled();
  await userEvent.setup().click(screen.getByRole('tab', { name: 'etc/alertmanager.yml' }));
  expect(screen.getByTestId('address')).toHaveTextContent('?file=%2Fetc%2Falertmanager.yml');
});

it('filters flags by name and value', async () => {
  drawSystem('flags', { 'GET /api/v1/status/flags': { body: { status: 'success', data: { 'web.auth': 'full', 'storage.tsdb.path': 'data/' } } } });
  await screen.findByText('--web.auth');
  await userEvent.setup().type(screen.getByRole('textbox', { name: 'Filter of flags' }), 'data');
  expect(screen.getByText('--storage.tsdb.path')).toBeInTheDocument();
  expect(screen.queryByText('--web.auth')).not.toBeInTheDocument();
});

it('a Viewer sees no users, neither in the list nor at their address', async () => {
  drawSystem('users', {}, 'Viewer');
  expect(await screen.findByText('There is no page here')).toBeInTheDocument();
  expect(screen.queryByRole('link', { name: 'Users and tokens' })).not.toBeInTheDocument();
});

it('an Admin makes a user, and deletes one after reading the effect', async () => {
  const user = userEvent.setup();
  const requests = drawSystem('users', {
    'GET /api/pharos/v1/users': { body: { users: [{ name: 'admin', role: 'Admin', mustChangePassword: false }, { name: 'old', role: 'Viewer', mustChangePassword: true }] } },
    'GET /api/pharos/v1/tokens': { body: { tokens: [] } },
    'POST /api/pharos/v1/users': { body: {}, status: 201 },
    'DELETE /api/pharos/v1/users/old': { status: 204 },
  });
  await screen.findByText('old');
  await user.click(screen.getByRole('button', { name: 'New user' }));
  await user.type(screen.getByLabelText('User name'), 'new');
  await user.type(screen.getByLabelText('First password'), 'long enough');
  await user.click(screen.getByRole('button', { name: 'Create new' }));
  await waitFor(() => expect(requests.find((one) => one.method === 'POST')?.body).toEqual({ name: 'new', role: 'Viewer', password: 'long enough' }));

  await user.click(screen.getByRole('button', { name: 'Delete' }));
  expect(await screen.findByText(/cannot sign in again/)).toBeInTheDocument();
  expect(requests.some((one) => one.method === 'DELETE')).toBe(false);
  await user.click(screen.getByRole('button', { name: 'Delete old' }));
  await waitFor(() => expect(requests.some((one) => one.method === 'DELETE' && one.path === '/api/pharos/v1/users/old')).toBe(true));
});

it('the secret of a token is shown once', async () => {
  const user = userEvent.setup();
  const requests = drawSystem('users', {
    'GET /api/pharos/v1/users': { body: { users: [] } },
    'GET /api/pharos/v1/tokens': { body: { tokens: [{ name: 'ci', scope: 'read', expiresAt: now }] } },
    'POST /api/pharos/v1/tokens': { body: { name: 'robot', scope: 'read', secret: 'pharos_abc_def' }, status: 201 },
  });
  const tokens = await screen.findByRole('table', { name: 'Tokens' });
  expect(within(tokens).getByText('ci')).toBeInTheDocument();
  await user.click(screen.getByRole('button', { name: 'New token' }));
  await user.type(screen.getByLabelText('Name'), 'robot');
  await user.click(screen.getByRole('button', { name: 'Create token' }));
  expect(await screen.findByText('pharos_abc_def')).toBeInTheDocument();
  expect(requests.find((one) => one.method === 'POST')?.body).toEqual({ name: 'robot', scope: 'read', expiresInSeconds: 31_536_000 });
  await user.click(screen.getByRole('button', { name: 'I have it' }));
  expect(screen.queryByText('pharos_abc_def')).not.toBeInTheDocument();
});

it('what the store holds is shown by metric and label', async () => {
  drawSystem('storage', {
    'GET /api/v1/status/tsdb': {
      body: {
        status: 'success',
        data: {
          headStats: { numSeries: 41206, numLabelPairs: 12, chunkCount: 3, minTime: now, maxTime: now },
          seriesCountByMetricName: [{ name: 'http_requests_total', value: 12 }],
          labelValueCountByLabelName: [],
          memoryInBytesByLabelName: [{ name: 'path', value: 2048 }],
          seriesCountByLabelValuePair: [],
        },
      },
    },
  });
  expect(await screen.findByText('41,206')).toBeInTheDocument();
  expect(screen.getByRole('link', { name: 'http_requests_total' })).toHaveAttribute('href', '/query?q=http_requests_total');
  expect(screen.getByText('2 KiB')).toBeInTheDocument();
  expect(screen.getAllByText('Nothing is stored yet.')).toHaveLength(2);
});

it('an error stands where it broke, with its cause, and can be tried again', async () => {
  let fails = true;
  drawSystem('flags', {
    'GET /api/v1/status/flags': () => (fails ? { status: 400, body: { status: 'error', errorType: 'bad_data', error: 'no flags today' } } : { body: { status: 'success', data: { a: 'b' } } }),
  });
  expect(await screen.findByRole('alert')).toHaveTextContent('no flags today');
  fails = false;
  await userEvent.setup().click(screen.getByRole('button', { name: 'Try now' }));
  expect(await screen.findByText('--a')).toBeInTheDocument();
});
