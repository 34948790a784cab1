import { forgetZoom, readRange, shifted, widened, zoomedOut } from './timeRange';

const now = Date.UTC(2026, 10, 20, 11, 24);
const hour = 3_600_000;

afterEach(forgetZoom);

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

it('zooming out without a way back doubles', () => {
  expect(zoomedOut({ from: 0, to: 1000, text: { from: '0', to: '1000' } }, now, 'UTC')).toEqual({ from: '-500', to: '1500' });
});
