import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { Route, Routes } from 'react-router-dom';
import type { Silence } from '../../../api/silences';
import { fakeServer } from '../../../testing/fakeServer';
import { draw } from '../../../testing/render';
import { high, now, silence } from '../testAlerts';
import { SilencesPage } from './SilencesPage';

// As upstream answers.
const emptyAnswer = { body: '', contentType: 'text/plain' };
const ended: Silence = { ...silence, id: 's2', status: { state: 'expired' }, comment: 'old one' };

function show(address: string, role = 'Editor', more: Parameters<typeof fakeServer>[0] = {}): ReturnType<typeof fakeServer> {
  vi.useFakeTimers({ toFake: ['Date'], now });
  const requests = fakeServer({
    'GET /api/pharos/v1/session': { body: { signedIn: true, authMode: 'full', setupNeeded: false, instance: 'i', name: 'oncall', role, timeZone: 'UTC' } },
    'GET /api/pharos/v1/notifications': { body: { notifications: [], asOf: now } },
    'POST /api/pharos/v1/silences/preview': { body: { hides: [high], keeps: [], messagesLastWeek: 0, asOf: now } },
    'GET /api/v2/silences': { body: [silence, ended] },
    ...more,
  });
  draw(
    <Routes>
      <Route path="/silences" element={<SilencesPage />} />
      <Route path="/silences/:id" element={<SilencesPage />} />
    </Routes>,
    address,
  );
  return requests;
}

afterEach(() => {
  vi.useRealTimers();
});

it('lists active silences; the others are behind their counts', async () => {
  show('/silences');
  expect(await screen.findByText('Silenced by admin until 12:00: “Jenkins upgrade”')).toBeInTheDocument();
  expect(screen.queryByText(/old one/)).not.toBeInTheDocument();
  await userEvent.setup().click(screen.getByRole('button', { name: 'Ended 1' }));
  expect(screen.getByText(/old one/)).toBeInTheDocument();
  expect(screen.getByTestId('address')).toHaveTextContent('/silences?show=expired');
});

it('one silence shows what it hides, and is ended', async () => {
  const requests = show('/silences/s1', 'Editor', { 'DELETE /api/v2/silence/s1': emptyAnswer });
  const opened = await screen.findByRole('complementary', { name: 'Opened silence' });
  expect(await within(opened).findByText('1 alert fits its matchers now')).toBeInTheDocument();
  await userEvent.setup().click(within(opened).getByRole('button', { name: 'End now' }));
  await waitFor(() => expect(requests.some(({ method }) => method === 'DELETE')).toBe(true));
  await waitFor(() => expect(within(opened).getByRole('button', { name: 'End now' })).toBeEnabled());
  expect(within(opened).queryByRole('alert')).not.toBeInTheDocument();
});

it('a change keeps beginning and id, and the page follows the silence that comes of it', async () => {
  const requests = show('/silences/s1', 'Editor', { 'POST /api/v2/silences': { body: { silenceID: 's9' } } });
  const user = userEvent.setup();
  await user.click(await screen.findByRole('button', { name: 'Change' }));
  const length = screen.getByRole('combobox', { name: 'How long' });
  await user.clear(length);
  await user.type(length, '1 hour');
  await user.click(await screen.findByRole('button', { name: 'Change, silence until 12:24' }));
  await waitFor(() => expect(screen.getByTestId('address')).toHaveTextContent('/silences/s9'));
  expect(requests.find(({ method, path }) => method === 'POST' && path === '/api/v2/silences')?.body).toMatchObject({ id: 's1', startsAt: silence.startsAt, endsAt: '2026-11-20T12:24:30.000Z' });
});

it('an ended silence is made again as a new one', async () => {
  const requests = show('/silences/s2', 'Editor', { 'POST /api/v2/silences': { body: { silenceID: 's9' } } });
  const user = userEvent.setup();
  await user.click(await screen.findByRole('button', { name: 'Silence again' }));
  await user.click(await screen.findByRole('button', { name: /^Silence until/ }));
  await waitFor(() => expect(requests.find(({ method, path }) => method === 'POST' && path === '/api/v2/silences')?.body).not.toHaveProperty('id'));
});

it('a new silence takes its matchers from the address, and a matcher that cannot be read is told', async () => {
  show('/silences/new?filter=job%3D%22a%22');
  const form = await screen.findByRole('form', { name: 'Silence' });
  expect(form).toHaveTextContent('job=a');
  const user = userEvent.setup();
  const field = within(form).getByRole('textbox', { name: 'Add a matcher' });
  await user.type(field, 'nonsense{Enter}');
  expect(within(form).getByRole('alert')).toHaveTextContent('A matcher is a label, an operator and a value');
  await user.clear(field);
  await user.type(field, 'pod=~"x.+"{Enter}');
  expect(form).toHaveTextContent('pod=~x.+');
  await user.type(field, '{Backspace}');
  expect(form).not.toHaveTextContent('pod=~x.+');
});

it('a new silence without matchers begins with them', async () => {
  show('/silences/new');
  const form = await screen.findByRole('form', { name: 'Silence' });
  expect(within(form).getByRole('textbox', { name: 'Add a matcher' })).toHaveFocus();
  expect(form).toHaveTextContent('A silence needs a matcher.');
});

it('what the server refuses is told in the form', async () => {
  show('/silences/new?filter=alertname%3D%22a%22', 'Editor', { 'POST /api/v2/silences': { status: 400, body: 'invalid silence', contentType: 'text/plain' } });
  await userEvent.setup().click(await screen.findByRole('button', { name: /^Silence until/ }));
  expect(await screen.findByRole('alert')).toHaveTextContent('The silence was not set. invalid silence');
});

it('a Viewer reads silences and changes none', async () => {
  show('/silences/s1', 'Viewer');
  await screen.findByRole('complementary', { name: 'Opened silence' });
  expect(screen.queryByRole('button', { name: /End now|Change|New silence/ })).not.toBeInTheDocument();
});

it('no silence, and one that is unknown, say so', async () => {
  show('/silences/none', 'Editor', { 'GET /api/v2/silences': { body: [] } });
  expect(await screen.findByText('Nothing is silenced')).toBeInTheDocument();
  expect(screen.getByText('This silence is not there')).toBeInTheDocument();
});
