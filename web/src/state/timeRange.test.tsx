import { act, renderHook, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { TimeRange } from '../components/TimeRange';
import { fakeServer } from '../testing/fakeServer';
import { draw } from '../testing/render';
import { forgetSettings, getSettings } from './settings';
import { forgetZoom, readRange, shifted, widened, zoomedOut } from './timeRange';

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

describe('the range of an address', () => {
  const read = (search: string): { from: number; to: number } => readRange(new URLSearchParams(search), now, 'UTC');

  it('is an hour where it says nothing', () => {
    expect(read('')).toMatchObject({ from: now - hour, to: now, text: { from: 'now-1h', to: 'now' } });
  });

  it('takes relative ends, milliseconds and ISO', () => {
    expect(read('from=now-6h&to=now-3h')).toMatchObject({ from: now - 6 * hour, to: now - 3 * hour });
    expect(read(`from=${now - hour}&to=${now}`)).toMatchObject({ from: now - hour, to: now });
    expect(read('from=2026-11-20T10:00:00Z&to=2026-11-20T11:00:00Z')).toMatchObject({ from: now - hour - 24 * 60_000, to: now - 24 * 60_000 });
  });

  it.each(['from=nonsense&to=now', 'from=now&to=now-1h', 'from=now-1h&to='])('counts as the default when %s cannot be', (search) => {
    expect(read(search)).toMatchObject({ from: now - hour, to: now });
  });
});

it('moving goes by half a window', () => {
  expect(shifted({ from: 0, to: 1000 }, -1)).toEqual({ from: '-500', to: '500' });
  expect(shifted({ from: 0, to: 1000 }, 1)).toEqual({ from: '500', to: '1500' });
});

it('widening keeps the middle, and the end of a range that ends now', () => {
  expect(widened({ from: 1000, to: 2000, text: { from: '1000', to: '2000' } })).toEqual({ from: '500', to: '2500' });
  expect(widened({ from: now - hour, to: now, text: { from: 'now-1h', to: 'now' } })).toEqual({ from: 'now-7200s', to: 'now' });
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

it('zooming out without a way back doubles', () => {
  const { result } = renderHook(() => zoomedOut({ from: 0, to: 1000, text: { from: '0', to: '1000' } }, now, 'UTC'));
  act(() => undefined);
  expect(result.current).toEqual({ from: '-500', to: '1500' });
});
