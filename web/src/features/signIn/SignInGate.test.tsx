import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { requestJson } from '../../api/http';
import { fakeServer, type FakeRequest } from '../../testing/fakeServer';
import { draw } from '../../testing/render';
import { SignInGate } from './SignInGate';

const path = '/api/pharos/v1/session';
const out = { signedIn: false, authMode: 'full', setupNeeded: false, instance: 'minikube' };
const inside = { ...out, signedIn: true, name: 'oncall', role: 'Viewer', csrf: 'token', version: '1', timeZone: 'UTC' };
const page = <SignInGate>the page</SignInGate>;

async function fill(label: string, text: string): Promise<void> {
  const user = userEvent.setup();
  const field = screen.getByLabelText(label);
  await user.clear(field);
  await user.type(field, text);
}

async function press(name: string): Promise<void> {
  await userEvent.setup().click(screen.getByRole('button', { name }));
}

it('lets through who is signed in', async () => {
  fakeServer({ [`GET ${path}`]: { body: inside } });
  draw(page, '/alerts');
  expect(await screen.findByText('the page')).toBeInTheDocument();
});

it('lets everybody through where nobody signs in', async () => {
  fakeServer({ [`GET ${path}`]: { body: { ...out, authMode: 'none' } } });
  draw(page);
  expect(await screen.findByText('the page')).toBeInTheDocument();
});

it('a wrong password says so, empties the field, and keeps the address', async () => {
  fakeServer({ [`GET ${path}`]: { body: out }, [`POST ${path}`]: { status: 401, body: { error: { message: 'The name or the password is wrong.' } } } });
  draw(page, '/d/abc/host?from=now-6h');
  await screen.findByRole('heading', { name: 'Sign in' });
  await fill('User name', 'oncall');
  await fill('Password', 'wrong');
  await press('Sign in');
  expect(await screen.findByRole('alert')).toHaveTextContent('The name or the password is wrong.');
  expect(screen.getByLabelText('Password')).toHaveValue('');
  expect(screen.getByTestId('address')).toHaveTextContent('/d/abc/host?from=now-6h');
});

it('the right one opens the page, and what changes something then carries the token against forgery', async () => {
  const requests = fakeServer({ [`GET ${path}`]: { body: out }, [`POST ${path}`]: { body: inside }, 'POST /x': { body: {} } });
  draw(page);
  await screen.findByRole('heading', { name: 'Sign in' });
  await fill('User name', 'oncall');
  await fill('Password', 'right horse');
  await press('Sign in');
  expect(await screen.findByText('the page')).toBeInTheDocument();
  expect(requests.find((one) => one.method === 'POST')?.body).toEqual({ name: 'oncall', password: 'right horse' });
  await requestJson('/x', { method: 'POST', body: {} });
  expect(requests.at(-1)?.headers.get('X-Pharos-Csrf')).toBe('token');
});

it('too many attempts are told as the server tells them', async () => {
  fakeServer({ [`GET ${path}`]: { body: out }, [`POST ${path}`]: { status: 429, body: { error: { message: 'Too many attempts. Try again in 30 s.' } }, headers: { 'Retry-After': '30' } } });
  draw(page);
  await screen.findByRole('heading', { name: 'Sign in' });
  await fill('User name', 'a');
  await fill('Password', 'b');
  await press('Sign in');
  expect(await screen.findByRole('alert')).toHaveTextContent('Too many attempts. Try again in 30 s.');
});

it('a session that ends shows the sign-in where one is', async () => {
  fakeServer({ [`GET ${path}`]: { body: inside }, 'GET /x': { status: 401, body: 'Unauthorized', contentType: 'text/plain' } });
  draw(page, '/alerts');
  await screen.findByText('the page');
  await requestJson('/x').catch(() => undefined);
  expect(await screen.findByRole('heading', { name: 'Sign in' })).toBeInTheDocument();
  expect(screen.getByTestId('address')).toHaveTextContent('/alerts');
});

it('the first run wants the one-time password, says where it is, and signs in', async () => {
  const requests = fakeServer({
    [`GET ${path}`]: { body: { ...out, setupNeeded: true, passwordFile: 'data/initial-admin-password' } },
    'POST /api/pharos/v1/setup': (request: FakeRequest) =>
      JSON.stringify(request.body).includes('RIGHT') ? { body: inside } : { status: 401, body: { error: { message: 'This is not the one-time password of this server.' } } },
  });
  draw(page);
  expect(await screen.findByText('data/initial-admin-password')).toBeInTheDocument();
  await fill('One-time password', 'WRONG');
  await fill('Password', 'long enough');
  await press('Create account and open Pharos');
  expect(await screen.findByRole('alert')).toHaveTextContent('This is not the one-time password');
  await fill('One-time password', ' RIGHT ');
  await press('Create account and open Pharos');
  expect(await screen.findByText('the page')).toBeInTheDocument();
  expect(requests.at(-1)?.body).toEqual({ oneTimePassword: 'RIGHT', name: 'admin', password: 'long enough' });
});

it('a password that others know is changed before anything else', async () => {
  const requests = fakeServer({ [`GET ${path}`]: { body: { ...inside, mustChangePassword: true } }, [`POST ${path}/password`]: { body: inside } });
  draw(page);
  await screen.findByRole('heading', { name: 'Choose a password of your own.' });
  expect(screen.queryByText('the page')).not.toBeInTheDocument();
  await fill('Password now', 'admin');
  await fill('New password', 'short');
  expect(screen.getByText(/Too short/)).toBeInTheDocument();
  await fill('New password', 'not known to others');
  expect(screen.getByText(/Length counts, symbols do not/)).toBeInTheDocument();
  await press('Change password');
  expect(await screen.findByText('the page')).toBeInTheDocument();
  expect(requests.at(-1)?.body).toEqual({ current: 'admin', password: 'not known to others' });
});

it('a server that does not answer is told, and asked again on request', async () => {
  let answers = false;
  fakeServer({ [`GET ${path}`]: () => (answers ? { body: inside } : { status: 503, body: 'Service Unavailable', contentType: 'text/plain' }) });
  draw(page);
  expect(await screen.findByRole('alert')).toHaveTextContent('Service Unavailable');
  answers = true;
  await press('Try now');
  await waitFor(() => expect(screen.getByText('the page')).toBeInTheDocument());
});
