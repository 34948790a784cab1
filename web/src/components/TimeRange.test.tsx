import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { forgetSettings, getSettings } from '../state/settings';
import { forgetZoom } from '../state/timeRange';
import { fakeServer } from '../testing/fakeServer';
import { draw } from '../testing/render';
import { TimeRange } from './TimeRange';

const now = Date.UTC(2026, 10, 20, 11, 24);
const hour = 3_600_000;

beforeEach(() => {
  fakeServer({ 'GET /api/pharos/v1/session': { body: { signedIn: true, authMode: 'full', setupNeeded: false, instance: 'i', timeZone: 'UTC' } } });
});

afterEach(() => {
  localStorage.clear();
  forgetSettings();
  forgetZoom();
});

it('the control shows the range and its zone, moves it, and zooming out goes back to where one came from', async () => {
  const user = userEvent.setup();
  const from = now - hour;
  draw(<TimeRange />, `/?from=${from}&to=${now}`);
  expect(await screen.findByText(/10:24 – .*11:24 UTC/)).toBeInTheDocument();
  const address = screen.getByTestId('address');

  await user.click(screen.getByRole('button', { name: 'Earlier' }));
  expect(address).toHaveTextContent(`?from=${from - hour / 2}&to=${now - hour / 2}`);

  await user.click(screen.getByTitle(/Choose the range/));
  await user.type(await screen.findByRole('textbox', { name: 'Range' }), '15m{Enter}');
  expect(address).toHaveTextContent('?from=now-15m&to=now');
  expect(getSettings().lastRanges).toEqual(['now-15m now']);

  await user.click(screen.getByRole('button', { name: 'Zoom out' }));
  expect(address).toHaveTextContent(`?from=${from - hour / 2}&to=${now - hour / 2}`);
});

it('a text that is no range says so and changes nothing', async () => {
  const user = userEvent.setup();
  draw(<TimeRange />, '/');
  await user.click(screen.getByTitle(/Choose the range/));
  await user.type(await screen.findByRole('textbox', { name: 'Range' }), 'soon{Enter}');
  expect(screen.getByText(/"soon" is not a range/)).toBeInTheDocument();
  expect(screen.getByTestId('address')).toHaveTextContent('/');
});
