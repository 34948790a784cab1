import { screen, within } from '@testing-library/react';
import type { Overview, WrongAlert } from '../../api/overview';
import { fakeServer } from '../../testing/fakeServer';
import { draw } from '../../testing/render';
import { gatherWrong } from './gatherWrong';
import { HomePage } from './HomePage';
import { diskText } from './SelfPanel';
import { toldText } from './WrongNow';

const now = Date.UTC(2026, 10, 20, 11, 24, 30);
const at = (text: string): number => Date.parse(`2026-11-20T${text}Z`);

const high: WrongAlert = {
  fingerprint: 'a1', name: 'HighErrorRate', labels: { pod: 'a' }, annotations: {}, sentence: '12.4 % of requests fail; the limit is 10 %.', state: 'firing', severity: 'critical',
  since: at('11:10:00'), firingSince: at('11:15:00'), receivers: ['incidents'], spark: { t0: 0, step: 1, values: [0, null, 0.12], limit: 0.1 }, told: { receiver: 'incidents', time: at('11:15:30'), ok: true },
};
const slow: WrongAlert = { fingerprint: 'a2', name: 'SlowResponseTime', labels: {}, annotations: {}, sentence: 'p95 is 2.31 s', state: 'pending', since: at('11:20:00'), firesAt: at('11:30:00'), receivers: ['monitoring'] };
const self: Overview['self'] = {
  well: true, samplesPerSecond: 1842, series: 41_206, queryP95Ms: 38, rules: { worstMs: 9, intervalMs: 15_000 }, notifications: { sent: 14, failed: 0 }, disk: { usedBytes: 3.1e9, freeBytes: 6.9e9, totalBytes: 1e10, fullInSeconds: 34 * 86_400 }, sparks: {},
};
const bad: Overview = {
  sentence: 'Two alerts are firing, one is pending.',
  shortly: [{ time: at('10:51:00'), text: 'flask-app 1.8.3', link: '/metrics' }, { time: at('11:01:00'), text: 'postgres:9187 went down', link: '/targets' }],
  wrong: [high, { ...high, fingerprint: 'a3', labels: { pod: 'b' } }, slow],
  silenced: 1,
  broken: [{ kind: 'target', subject: 'postgres:9187', text: 'connection refused', since: at('11:01:00'), link: '/targets?show=down' }],
  services: [
    { name: 'endpoint-stats', up: 2, total: 2, requests: 142, errors: 0.124, p95: 2.31, ribbon: [{ from: 0, to: now, state: 'firing' }] },
    { name: 'postgres', up: 0, total: 1, ribbon: [] },
  ],
  self,
  asOf: now,
};

function show(overview: Overview | undefined, changes: unknown[] = []): void {
  vi.useFakeTimers({ toFake: ['Date'], now });
  fakeServer({
    'GET /api/pharos/v1/session': { body: { signedIn: true, authMode: 'full', setupNeeded: false, instance: 'i', role: 'Viewer', timeZone: 'UTC' } },
    'GET /api/pharos/v1/overview': overview === undefined ? { status: 500, body: { error: { message: 'The overview cannot be made.' } } } : { body: overview },
    'GET /api/pharos/v1/changes': { body: { changes, asOf: now } },
  });
  draw(<HomePage />, '/');
}

const region = (title: string): HTMLElement => {
  const found = screen.getByRole('heading', { name: title }).closest('section');
  if (found === null) {
    throw new Error(`${title} is in no panel`);
  }

  return found;
};

afterEach(() => {
  vi.useRealTimers();
});

it('says how it stands, and what happened shortly before', async () => {
  show(bad);
  expect(await screen.findByText('Two alerts are firing, one is pending.')).toBeInTheDocument();
  expect(screen.getByText(/Shortly before/)).toHaveTextContent('Shortly before: flask-app 1.8.3 (10:51) and postgres:9187 went down (11:01).');
});

it('what is wrong now: one row for a rule, since when, who was told or would be', async () => {
  show(bad);
  await screen.findByText(bad.sentence);
  const rows = within(region('Wrong now')).getAllByRole('listitem');
  expect(rows).toHaveLength(2);
  expect(rows[0]).toHaveTextContent('2 alerts');
  expect(rows[0]).toHaveTextContent('firing 9 m');
  expect(rows[0]).toHaveTextContent('incidents 11:15 ✓');
  expect(rows[0]?.querySelector('svg line')).toBeInTheDocument();
  expect(rows[1]).toHaveTextContent('pending, fires 11:30');
  expect(rows[1]).toHaveTextContent('would go to monitoring');
  expect(screen.getByRole('link', { name: 'HighErrorRate' })).toHaveAttribute('href', '/alerts?alert=a1');
  expect(screen.getByRole('link', { name: '1 silenced' })).toBeInTheDocument();
});

it('what is broken without an alert, the services, and Pharos itself', async () => {
  show(bad);
  await screen.findByText(bad.sentence);
  expect(region('Not alerting, but broken')).toHaveTextContent('postgres:9187 connection refused since 11:01');
  const services = screen.getByRole('table', { name: 'Services' });
  expect(within(services).getByRole('row', { name: /endpoint-stats/ })).toHaveTextContent('2 of 214212.4 %2.31 s');
  expect(within(services).getByRole('img', { name: 'endpoint-stats: firing in 1 span of the range' })).toBeInTheDocument();
  expect(within(services).getByRole('row', { name: /postgres/ })).toHaveTextContent('0 of 1–––');
  const own = region('Pharos itself is well');
  expect(own).toHaveTextContent('Samples in1,842/s');
  expect(own).toHaveTextContent('9 ms of 15 s');
  expect(own).toHaveTextContent('14 sent, 0 failed');
});

it('changes, newest first, with what and by whom', async () => {
  show(bad, [
    { time: at('11:15:00'), kind: 'alertFiring', title: 'HighErrorRate', detail: '2 alerts', link: '/alerts' },
    { time: at('11:09:00'), kind: 'silenceCreated', title: 'JenkinsQueueStuck', by: 'admin' },
    { time: at('10:00:00'), kind: 'started', title: 'Pharos 0.1.0 started', detail: '0.1.0' },
  ]);
  await screen.findByText('JenkinsQueueStuck');
  expect(within(region('What changed')).getAllByRole('listitem').map((row) => row.textContent)).toEqual([
    '11:15HighErrorRatefiring, 2 alerts', '11:09JenkinsQueueStucksilenced, by admin', '10:00Pharos 0.1.0 started',
  ]);
});

it('all well is said and takes little room', async () => {
  show({ ...bad, sentence: 'All is well.', shortly: [], wrong: [], silenced: 0, broken: [], services: [] });
  expect(await screen.findByText('All is well.')).toBeInTheDocument();
  expect(screen.getByText('No alert is firing or pending.')).toBeInTheDocument();
  expect(screen.queryByRole('heading', { name: 'Not alerting, but broken' })).not.toBeInTheDocument();
  expect(screen.getByText('Nothing is scraped yet')).toBeInTheDocument();
  expect(await screen.findByText('Nothing changed between these times.')).toBeInTheDocument();
});

it('a failure says what failed', async () => {
  show(undefined);
  expect(await screen.findByRole('alert')).toHaveTextContent('The overview cannot be made.');
});

it('alerts of one rule are one row only while they are in one state and go one way', () => {
  expect(gatherWrong([high, { ...high, state: 'pending' }, { ...high, receivers: [] }, high]).map(({ count }) => count)).toEqual([2, 1, 1]);
});

it.each([
  [{ usedBytes: 3.1e9 }, '3.1 GB'],
  [{ usedBytes: 3.1e9, freeBytes: 6.9e9, totalBytes: 1e10, fullInSeconds: 34 * 86_400 }, '3.1 GB, 6.9 GB free, full in 34 d'],
  [{ usedBytes: 3.1e9, freeBytes: 6.9e9, totalBytes: 1e10, fullInSeconds: 348 * 86_400 }, '3.1 GB, 6.9 GB free'],
])('disk: %o', (disk, text) => {
  expect(diskText(disk).replaceAll('\u00a0', ' ')).toBe(text);
});

it('who was told: of this time, not of one before', () => {
  expect([high, { ...high, since: at('11:20:00') }, { ...slow, told: { receiver: 'monitoring', time: at('09:00:00'), ok: true } }, { ...slow, receivers: [] }].map((alert) => toldText(alert, 'UTC'))).toEqual([
    'incidents 11:15 ✓', 'goes to incidents', 'would go to monitoring', 'nobody is told',
  ]);
  expect(toldText({ ...high, told: { receiver: 'incidents', time: at('11:15:30'), ok: false } }, 'UTC')).toBe('incidents 11:15 failed');
});
