import { useQuery } from '@tanstack/react-query';
import { act, screen, waitFor } from '@testing-library/react';
import { FakeEventSource } from '../testing/fakeEventSource';
import { fakeServer, type FakeRequest } from '../testing/fakeServer';
import { draw } from '../testing/render';
import { useConfigOk, useEventStream } from './events';
import { requestJson } from './http';
import { queryKeys } from './queryKeys';

function Listens() {
  const connection = useEventStream(true);
  const isConfigOk = useConfigOk();
  useQuery({ queryKey: queryKeys.silences(), queryFn: () => requestJson('/silences') });
  return `${connection}, config ${String(isConfigOk)}`;
}

const asked = (requests: readonly FakeRequest[]): number => requests.filter((one) => one.path === '/silences').length;

function setHidden(hidden: boolean): void {
  vi.spyOn(document, 'hidden', 'get').mockReturnValue(hidden);
  act(() => {
    document.dispatchEvent(new Event('visibilitychange'));
  });
}

beforeEach(() => {
  FakeEventSource.install();
});

it('an event makes old what it is about; the first of a stream does not, since the pages have just asked', async () => {
  const requests = fakeServer({ 'GET /silences': { body: [] } });
  draw(<Listens />);
  await waitFor(() => expect(asked(requests)).toBe(1));
  FakeEventSource.last().send('alerts', { firing: 1, pending: 0, silenced: 0 });
  FakeEventSource.last().send('config', { ok: false });
  expect(await screen.findByText(/config false/)).toBeInTheDocument();
  expect(asked(requests)).toBe(1);
  FakeEventSource.last().send('alerts', { firing: 1, pending: 0, silenced: 0 });
  await waitFor(() => expect(asked(requests)).toBe(2));
});

it('the stream is closed while the tab is hidden, and what was missed then is asked for', async () => {
  const requests = fakeServer({ 'GET /silences': { body: [] } });
  draw(<Listens />);
  await waitFor(() => expect(asked(requests)).toBe(1));
  const first = FakeEventSource.last();
  first.send('alerts', { firing: 1, pending: 0, silenced: 0 });
  setHidden(true);
  expect(first.isClosed).toBe(true);
  setHidden(false);
  expect(FakeEventSource.opened).toHaveLength(2);
  FakeEventSource.last().send('alerts', { firing: 2, pending: 0, silenced: 0 });
  await waitFor(() => expect(asked(requests)).toBe(2));
});

it('a stream that fails is followed by asking, and by another stream', async () => {
  vi.useFakeTimers({ shouldAdvanceTime: true });
  try {
    fakeServer({ 'GET /silences': { body: [] }, 'GET /api/pharos/v1/alerts': { body: { counts: { firing: 0, pending: 0, silenced: 0 } } } });
    draw(<Listens />);
    FakeEventSource.last().fail();
    expect(await screen.findByText(/polling/)).toBeInTheDocument();
    act(() => {
      vi.advanceTimersByTime(15_000);
    });
    expect(FakeEventSource.opened).toHaveLength(2);
    act(() => FakeEventSource.last().onopen?.());
    expect(screen.getByText(/stream/)).toBeInTheDocument();
  } finally {
    vi.useRealTimers();
  }
});
