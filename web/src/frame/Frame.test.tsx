import { IconBell, IconServerCog, IconTarget } from '@tabler/icons-react';
import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { lazy } from 'react';
import { Route, Routes } from 'react-router-dom';
import { Page } from '../components/Page';
import { changeSettings, forgetSettings, getSettings } from '../state/settings';
import { FakeEventSource } from '../testing/fakeEventSource';
import { fakeServer } from '../testing/fakeServer';
import { draw } from '../testing/render';
import { Frame } from './Frame';
import type { PageRoute } from './pages';

const page = (title: string): PageRoute['page'] => lazy(() => Promise.resolve({ default: () => <Page title={title}>content of {title}</Page> }));

function Broken(): never {
  throw new Error('a bug');
}

const pages: readonly PageRoute[] = [
  { paths: ['/alerts'], page: page('Alerts'), place: { name: 'Alerts', icon: IconBell, key: 'alerts', segments: ['alerts', 'silences'], badge: 'firing', phone: true } },
  { paths: ['/targets'], page: page('Targets'), place: { name: 'Targets', icon: IconTarget, key: 'targets', segments: ['targets'], badge: 'targets' } },
  { paths: ['/system'], page: lazy(() => Promise.resolve({ default: Broken })), place: { name: 'System', icon: IconServerCog, key: 'system', segments: ['system'] } },
];

const session = { signedIn: true, authMode: 'full', setupNeeded: false, instance: 'minikube', name: 'on call', role: 'Admin', csrf: 't', version: '1', timeZone: 'UTC' };
const targets = { status: 'success', data: { activeTargets: [{ health: 'up', scrapePool: 'host', labels: { instance: 'node:9100' }, scrapeUrl: 'http://node:9100/metrics' }, { health: 'down', scrapePool: 'app', labels: {}, scrapeUrl: 'http://app/metrics' }] } };
const answers = {
  'GET /api/pharos/v1/session': { body: session },
  'GET /api/v1/targets': { body: targets },
  'GET /api/v1/label/__name__/values': { body: { status: 'success', data: ['node_load1'] } },
};

function drawFrame(address = '/alerts'): void {
  draw(
    <Routes>
      <Route element={<Frame pages={pages} />}>
        {pages.map(({ paths: [path], page: Content }) => (
          <Route key={path} path={path} element={<Content />} />
        ))}
      </Route>
    </Routes>,
    address,
  );
}

const rail = (): HTMLElement => screen.getAllByRole('navigation', { name: 'Places' })[0] ?? document.body;

beforeEach(() => {
  FakeEventSource.install();
});

afterEach(() => {
  localStorage.clear();
  forgetSettings();
});

it('the rail has the pages that exist, in their order, and marks the one that is shown', async () => {
  fakeServer(answers);
  drawFrame();
  expect(await screen.findByText('content of Alerts')).toBeInTheDocument();
  expect(within(rail()).getAllByRole('link').map((link) => link.textContent)).toEqual(['Alerts', 'Targets', 'System']);
  expect(within(rail()).getByRole('link', { name: /Alerts/ })).toHaveAttribute('aria-current', 'page');
  expect(screen.getAllByRole('heading', { level: 1 })).toHaveLength(1);
  expect(document.title).toBe('Alerts · Pharos');
  expect(await screen.findByText('minikube')).toBeInTheDocument();
});

it('badges follow the events of the server, and are silent when nobody must act', async () => {
  fakeServer(answers);
  drawFrame();
  await screen.findByText('content of Alerts');
  FakeEventSource.last().send('alerts', { firing: 3, pending: 1, silenced: 0 });
  FakeEventSource.last().send('targets', { up: 9, total: 12 });
  expect(await within(rail()).findByLabelText('3 alerts firing')).toHaveTextContent('3');
  expect(within(rail()).getByLabelText('9 of 12 targets up')).toHaveTextContent('9/12');
  FakeEventSource.last().send('alerts', { firing: 0, pending: 1, silenced: 0 });
  FakeEventSource.last().send('targets', { up: 12, total: 12 });
  await waitFor(() => expect(within(rail()).queryByLabelText(/firing|targets up/)).not.toBeInTheDocument());
});

it('without the stream the numbers are asked for', async () => {
  fakeServer({ ...answers, 'GET /api/pharos/v1/alerts': { body: { counts: { firing: 2, pending: 0, silenced: 0 } } } });
  drawFrame();
  await screen.findByText('content of Alerts');
  FakeEventSource.last().fail();
  expect(await within(rail()).findByLabelText('2 alerts firing')).toBeInTheDocument();
  expect(within(rail()).getByLabelText('1 of 2 targets up')).toBeInTheDocument();
});

it('a server that is gone is said in one line, and what was read stays', async () => {
  fakeServer({ 'GET /api/pharos/v1/session': { body: session } });
  drawFrame();
  await screen.findByText('content of Alerts');
  FakeEventSource.last().fail();
  expect(await screen.findByText(/Pharos does not answer/)).toBeInTheDocument();
  expect(screen.getByText('content of Alerts')).toBeInTheDocument();
});

it('a page that breaks leaves the frame, and another page works', async () => {
  vi.spyOn(console, 'error').mockImplementation(() => undefined);
  fakeServer(answers);
  drawFrame('/system');
  expect(await screen.findByRole('alert')).toHaveTextContent('This page broke. a bug');
  await userEvent.setup().click(within(rail()).getByRole('link', { name: /Alerts/ }));
  expect(await screen.findByText('content of Alerts')).toBeInTheDocument();
});

it('keys lead to places and narrow the rail', async () => {
  fakeServer(answers);
  drawFrame();
  await screen.findByText('content of Alerts');
  fireEvent.keyDown(document.body, { key: 'g' });
  fireEvent.keyDown(document.body, { key: 't' });
  expect(await screen.findByText('content of Targets')).toBeInTheDocument();
  fireEvent.keyDown(document.body, { key: '[' });
  expect(getSettings().railCollapsed).toBe(true);
});

it('the jump list finds pages, targets and actions, and nothing that has no page', async () => {
  const user = userEvent.setup();
  fakeServer(answers);
  drawFrame();
  await screen.findByText('content of Alerts');
  await user.keyboard('{Control>}k{/Control}');
  const field = await screen.findByRole('combobox', { name: 'Jump to' });
  expect(await screen.findByRole('option', { name: /host node:9100/ })).toBeInTheDocument();
  expect(screen.queryByRole('option', { name: /node_load1/ })).not.toBeInTheDocument();
  await user.type(field, 'targets{Enter}');
  expect(await screen.findByText('content of Targets')).toBeInTheDocument();
  expect(getSettings().jumps).toEqual({ '/targets': 1 });
});

it('pinned dashboards stand under the places', async () => {
  fakeServer(answers);
  changeSettings({ pinned: [{ uid: 'abc', title: 'System Overview', path: '/d/abc/system-overview' }] });
  drawFrame();
  expect(await screen.findByRole('link', { name: 'System Overview' })).toHaveAttribute('href', '/d/abc/system-overview');
});

it('colours and density are chosen in the menu of the user, and kept', async () => {
  const user = userEvent.setup();
  fakeServer(answers);
  drawFrame();
  await user.click(await screen.findByRole('button', { name: 'Settings of on call' }));
  await user.click(await screen.findByRole('menuitemradio', { name: 'Dark' }));
  expect(getSettings().theme).toBe('dark');
  expect(JSON.parse(localStorage.getItem('pharos.settings') ?? '{}')).toMatchObject({ theme: 'dark' });
});
