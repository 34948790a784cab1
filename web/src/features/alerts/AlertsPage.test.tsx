import { Notifications } from '@mantine/notifications';
import { act, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { fakeServer } from '../../testing/fakeServer';
import { draw } from '../../testing/render';
import { handleKey } from '../../state/keys';
import { AlertsPage } from './AlertsPage';
import { alertOf, answer, card, groupOf, now, silence } from './testAlerts';

vi.mock('../../charts/TimeSeriesChart', () => ({
  TimeSeriesChart: ({ title, bands, limits }: { title: string; bands: readonly { state: string }[]; limits?: { steps: readonly { label?: string }[] } }) => (
    <div role="figure" aria-label={title}>{[...bands.map((band) => band.state), ...(limits?.steps.map((step) => step.label) ?? [])].join(' ')}</div>
  ),
}));

const root = '/api/pharos/v1';
const session = (role: string): unknown => ({ signedIn: true, authMode: 'full', setupNeeded: false, instance: 'i', name: 'oncall', role, csrf: 't', version: '0.1.0', timeZone: 'UTC' });
const line = (id: string, value: number, labels = {}): string => JSON.stringify({ id, t0: now, step: 1000, steps: 1, expr: id === 'source' ? 'rate(e[5m])' : id, series: [{ labels, name: id, values: [value] }] });
const batch = [line('value', 0.126), line('now', 0.126), line('left', 9.1), line('right', 72.4), line('source', 8.42, { path: '/api/stats' }), JSON.stringify({ done: true, asOf: now })].join('\n');

function serve(role = 'Editor', more: Parameters<typeof fakeServer>[0] = {}): ReturnType<typeof fakeServer> {
  return fakeServer({
    [`GET ${root}/session`]: { body: session(role) },
    [`GET ${root}/alerts`]: { body: answer },
    [`GET ${root}/alerts/a1`]: { body: card },
    [`GET ${root}/notifications`]: { body: { notifications: [], asOf: now } },
    [`GET ${root}/annotations`]: { body: { bands: [], marks: [], asOf: now } },
    [`GET ${root}/dashboards`]: { body: { dashboards: [], errors: [], asOf: now } },
    [`POST ${root}/query/batch`]: { body: batch, contentType: 'text/plain' },
    [`POST ${root}/silences/preview`]: { body: { hides: answer.groups[1]?.alerts, keeps: [answer.groups[0]?.alerts[0], answer.pending[0]], messagesLastWeek: 5, asOf: now } },
    'GET /api/v2/silences': { body: [silence] },
    'GET /api/v1/rules': {
      body: {
        status: 'success',
        data: {
          groups: [{
            name: 'g', file: '/etc/rules/a.yml', interval: 15, evaluationTime: 0.004, lastEvaluation: '2026-11-20T11:24:15Z',
            rules: [
              { type: 'alerting', name: 'HighErrorRate', query: 'a > 0.1', state: 'firing', duration: 300, health: 'ok', evaluationTime: 0.001, lastEvaluation: '2026-11-20T11:24:15Z', labels: { severity: 'critical' } },
              { type: 'recording', name: 'job:x', query: 'sum(x', health: 'err', lastError: 'found duplicate series', evaluationTime: 0.001, lastEvaluation: '2026-11-20T11:24:15Z' },
            ],
          }],
        },
      },
    },
    [`GET ${root}/rules/places`]: { body: { groups: [{ name: 'g', file: '/etc/rules/a.yml', lines: [14, 20] }], asOf: now } },
    ...more,
  });
}

// As upstream answers a silence that was ended.
const emptyAnswer = { body: '', contentType: 'text/plain' };

const press = (key: string): void => {
  act(() => {
    handleKey(new KeyboardEvent('keydown', { key }));
  });
};
const address = (): string => screen.getByTestId('address').textContent;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'], now });
});
afterEach(() => {
  vi.useRealTimers();
});

it('lists groups as they are sent, what would go, what nobody is told and why, and what ended', async () => {
  serve();
  draw(<AlertsPage />, '/alerts');
  const sent = await screen.findByRole('region', { name: '#incidents HighErrorRate · critical' });
  expect(sent).toHaveTextContent('2 alerts in one message');
  expect(sent).toHaveTextContent('sent 11:15:30 ✓');
  expect(screen.getByRole('region', { name: 'monitoring SlowResponseTime · warning' })).toHaveTextContent('would go 11:30:30');
  expect(await screen.findByText('Silenced by admin until 12:00: “Jenkins upgrade”')).toBeInTheDocument();
  expect(within(screen.getByRole('region', { name: 'Resolved in the last hour' })).getByText('10:31')).toBeInTheDocument();
});

it('counts filter and stand in the address; the same count again shows all', async () => {
  serve();
  const user = userEvent.setup();
  draw(<AlertsPage />, '/alerts');
  const pending = await screen.findByRole('button', { name: 'Pending 1' });
  await user.click(pending);
  expect(address()).toBe('/alerts?show=pending');
  expect(screen.queryByText('FlaskAppDown')).not.toBeInTheDocument();
  await user.click(pending);
  expect(address()).toBe('/alerts');
  expect(screen.getByText('FlaskAppDown')).toBeInTheDocument();
});

it('a line of matchers filters, and says what it cannot read', async () => {
  serve();
  const user = userEvent.setup();
  draw(<AlertsPage />, '/alerts?filter=severity%3D%22warning%22');
  expect(await screen.findByText('SlowResponseTime')).toBeInTheDocument();
  expect(screen.queryByText('FlaskAppDown')).not.toBeInTheDocument();
  press('/');
  const field = screen.getByRole('searchbox');
  expect(field).toHaveFocus();
  await user.clear(field);
  await user.type(field, 'pod=~"("');
  expect(screen.getByText('( is no regular expression.')).toBeInTheDocument();
});

it('j, k and Enter walk through the list and open; Esc closes', async () => {
  serve();
  draw(<AlertsPage />, '/alerts');
  await screen.findByText('FlaskAppDown');
  press('j');
  press('j');
  press('Enter');
  expect(address()).toBe('/alerts?alert=a1');
  press('Escape');
  expect(address()).toBe('/alerts');
});

it('an opened alert says why: chart with limit and bands, arithmetic, series, story, who got nothing', async () => {
  serve();
  draw(<AlertsPage />, '/alerts?alert=a1');
  const opened = await screen.findByRole('complementary', { name: 'Opened alert' });
  expect(await within(opened).findByText('12.6 % of requests fail; the limit is 10 %.')).toBeInTheDocument();
  expect(await within(opened).findByRole('figure')).toHaveTextContent('pending firing limit 10 %');
  expect(within(opened).getByText('rules/endpoint-stats.yml:14')).toBeInTheDocument();
  for (const text of ['9.1', '72.4', '12.6 %', '÷', '>']) {
    expect(within(opened).getAllByText((_, element) => element?.textContent.replaceAll('\u00a0', ' ').startsWith(text) === true).length).toBeGreaterThan(0);
  }

  expect(within(opened).getByRole('row', { name: /path="\/api\/stats"/ })).toHaveTextContent('100 %');
  expect(within(opened).getByRole('region', { name: 'What was done' })).toHaveTextContent('Sent to #incidents11:15:30');
  expect(within(opened).getByRole('note')).toHaveTextContent('monitoring gets nothing. severity="warning" fails');
  expect(within(opened).getByRole('link', { name: /Open expression/ })).toHaveAttribute('href', expect.stringContaining('/query?q='));
});

it('the form shows what a silence would do, sets it, and takes it back', async () => {
  const requests = serve('Editor', { 'POST /api/v2/silences': { body: { silenceID: 'new' } }, 'DELETE /api/v2/silence/new': emptyAnswer });
  const user = userEvent.setup();
  draw(<><AlertsPage /><Notifications /></>, '/alerts?alert=a1');
  const form = await screen.findByRole('form', { name: 'Silence' });
  expect(form).toHaveTextContent('alertname=HighErrorRate');
  expect(form).toHaveTextContent('app=endpoint-stats');
  expect(await within(form).findByText('Hides 2 alerts now.')).toBeInTheDocument();
  expect(form).toHaveTextContent('In the last 7 days it would have hidden 5 messages. FlaskAppDown and SlowResponseTime stay visible.');
  await user.type(within(form).getByRole('textbox', { name: 'Comment' }), 'pool size');
  await user.click(within(form).getByRole('button', { name: 'Silence until 13:24' }));
  await waitFor(() => expect(requests.find(({ method, path }) => method === 'POST' && path === '/api/v2/silences')?.body).toMatchObject({
    matchers: [{ name: 'alertname', value: 'HighErrorRate' }, { name: 'app', value: 'endpoint-stats' }], endsAt: expect.stringMatching(/^2026-11-20T13:24:30/) as string, createdBy: 'oncall', comment: 'pool size',
  }));
  expect(await screen.findByText(/Silence ends 13:24/)).toBeInTheDocument();
  await user.click(screen.getByRole('button', { name: 'Undo' }));
  expect(await screen.findByText('The silence is taken back')).toBeInTheDocument();
  expect(requests.some(({ method, path }) => method === 'DELETE' && path === '/api/v2/silence/new')).toBe(true);
});

it('a silence without an alertname is broad: it shows its list and wants a comment', async () => {
  serve();
  const user = userEvent.setup();
  draw(<AlertsPage />, '/alerts?alert=a1');
  const form = await screen.findByRole('form', { name: 'Silence' });
  await user.click(within(form).getByRole('button', { name: 'Remove alertname' }));
  expect(await within(form).findByRole('list', { name: 'Alerts it hides' })).toBeInTheDocument();
  expect(within(form).getByRole('button', { name: 'Silence until 13:24' })).toBeDisabled();
  expect(within(form).getByText('It is broad: say why in the comment.')).toBeInTheDocument();
});

it('s opens the marked alert with its form in hand', async () => {
  serve();
  draw(<AlertsPage />, '/alerts?alert=a1');
  await screen.findByRole('form', { name: 'Silence' });
  press('s');
  await waitFor(() => expect(screen.getByRole('textbox', { name: 'Comment' })).toHaveFocus());
});

it('a Viewer sees the alert and no form', async () => {
  serve('Viewer');
  draw(<AlertsPage />, '/alerts?alert=a1');
  expect(await screen.findByText('What was done')).toBeInTheDocument();
  expect(screen.queryByRole('form', { name: 'Silence' })).not.toBeInTheDocument();
  expect(screen.queryByRole('button', { name: 'Silence' })).not.toBeInTheDocument();
});

it('an alert that is gone says so', async () => {
  serve();
  draw(<AlertsPage />, '/alerts?alert=gone');
  expect(await screen.findByText('This alert is no longer there')).toBeInTheDocument();
});

it('nothing firing is said, with where rules come from', async () => {
  serve('Editor', { [`GET ${root}/alerts`]: { body: { counts: { firing: 0, pending: 0, silenced: 0 }, groups: [], pending: [], resolved: [], asOf: now } } });
  draw(<AlertsPage />, '/alerts');
  expect(await screen.findByText('No alert is firing')).toBeInTheDocument();
});

it('a server that fails is said where the list would be', async () => {
  serve('Editor', { [`GET ${root}/alerts`]: { status: 500, body: { error: { message: 'The alerts cannot be read.' } } } });
  draw(<AlertsPage />, '/alerts');
  expect(await screen.findByRole('alert')).toHaveTextContent('The alerts cannot be read.');
});

it('rules stand in their groups with state, error and line', async () => {
  serve();
  draw(<AlertsPage />, '/alerts?view=rules');
  const table = await screen.findByRole('table', { name: 'Rules of g' });
  expect(within(table).getByRole('row', { name: /HighErrorRate for 5/ })).toHaveTextContent('firing');
  const broken = within(table).getByRole('row', { name: /job:x/ });
  expect(broken).toHaveTextContent('error');
  expect(broken).toHaveTextContent('found duplicate series');
  expect(broken).toHaveTextContent('20');
});

it('routes show the tree with its hints, and how the receivers do', async () => {
  const leaf = { matchers: ['severity="critical"'], continue: true, groupBy: ['alertname'], groupWaitMs: 30_000, groupIntervalMs: 300_000, repeatIntervalMs: 14_400_000, alerts: 2, routes: [] };
  serve('Editor', {
    [`GET ${root}/routes`]: {
      body: {
        route: { ...leaf, id: 'r', receiver: 'monitoring', matchers: [], alerts: 0, continue: false, routes: [{ ...leaf, id: 'r0', receiver: 'incidents', hint: 'continue has no effect: no route follows.' }] },
        receivers: [{ name: 'incidents', integrations: ['slack'], lastError: 'status 404' }, { name: 'nobody', integrations: [] }],
        asOf: now,
      },
    },
  });
  draw(<AlertsPage />, '/alerts?view=routes');
  expect(await screen.findByText('continue has no effect: no route follows.')).toBeInTheDocument();
  expect(screen.getByText('2 alerts')).toBeInTheDocument();
  const receivers = screen.getByRole('table', { name: 'Receivers' });
  expect(within(receivers).getByRole('row', { name: /incidents/ })).toHaveTextContent('status 404');
  expect(within(receivers).getByRole('row', { name: /nobody/ })).toHaveTextContent('nobody is told');
});

it('sent messages show what arrived and what did not', async () => {
  const message = { receiver: 'incidents', integration: 'slack', group: { alertname: 'A', severity: 'critical' }, alerts: 2, status: 'firing', durationMs: 212, attempts: 1 };
  serve('Editor', { [`GET ${root}/notifications`]: { body: { notifications: [{ ...message, time: now, ok: false, error: 'status 500', attempts: 3 }, { ...message, time: now - 60_000, ok: true }], asOf: now } } });
  draw(<AlertsPage />, '/alerts?view=sent');
  const table = await screen.findByRole('table', { name: 'Messages' });
  expect(within(table).getByRole('row', { name: /11:24:30/ })).toHaveTextContent('status 500');
  expect(within(table).getByRole('row', { name: /11:23:30/ })).toHaveTextContent('A · critical');
  expect(screen.getByText('1 today')).toBeInTheDocument();
});

it('a storm is one message of which the first are shown', async () => {
  const storm = Array.from({ length: 500 }, (_, index) => alertOf('Storm', { fingerprint: `s${index}`, sentence: `pod ${index}` }));
  serve('Editor', { [`GET ${root}/alerts`]: { body: { ...answer, groups: [groupOf(storm)] } } });
  draw(<AlertsPage />, '/alerts');
  expect(await screen.findByText('pod 19')).toBeInTheDocument();
  expect(screen.queryByText('pod 20')).not.toBeInTheDocument();
  await userEvent.setup().click(screen.getByRole('button', { name: 'Show 480 more alerts' }));
  expect(screen.getByText('pod 499')).toBeInTheDocument();
});
