import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useKeyListener } from '../../state/keys';
import { fakeServer, type FakeRequest } from '../../testing/fakeServer';
import { draw } from '../../testing/render';
import { TargetsPage } from './TargetsPage';
import { target } from './testTargets';

const ok = (data: unknown) => ({ body: { status: 'success', data } });
const error = 'Get "http://b:1/metrics": dial tcp b:1: connect: connection refused';
const dropped = { scrapePool: 'web', discoveredLabels: { __address__: 'c:1', job: 'web' } };
const targets = [target('web', 'a:1'), target('db', 'b:1', { health: 'down', lastError: error })];

function server(more: Parameters<typeof fakeServer>[0] = {}) {
  return fakeServer({
    'GET /api/v1/targets': ({ path }: FakeRequest) => ok(path.includes('state=active')
      ? { activeTargets: targets, droppedTargets: [], droppedTargetCounts: null, problems: [{ scrapePool: 'db', problem: 'dns_sd_configs: no such host' }] }
      : { activeTargets: [], droppedTargets: path.includes('scrapePool') ? [] : [dropped], droppedTargetCounts: { web: 1, db: 0 } }),
    'GET /api/v1/scrape_pools': ok({ scrapePools: ['db', 'web', 'empty'] }),
    'GET /api/v1/targets/relabel_steps': ok({ steps: [{ rule: { action: 'keep', source_labels: ['scrape'], regex: 'true' }, output: {}, keep: false }] }),
    'POST /api/pharos/v1/query/batch': ({ body }: FakeRequest) => {
      const { from, queries } = body as { from: number; queries: readonly { id: string }[] };
      const lines = queries.map(({ id }) => ({
        id, t0: from, step: 60_000, steps: 2,
        series: [{ labels: { __name__: 'x', instance: 'a:1', job: 'web' }, values: id === 'samples' ? [612] : [0.02, 0.02] }, { labels: { __name__: 'up', instance: 'b:1', job: 'db' }, values: [1, 0] }],
      }));
      return { body: `${lines.map((line) => JSON.stringify(line)).join('\n')}\n{"done":true,"asOf":1}`, contentType: 'text/plain' };
    },
    ...more,
  });
}

/** As the frame does. */
function Keys() {
  useKeyListener();
  return null;
}

describe('TargetsPage', () => {
  it('shows pools with health, what is down with its reason, and figures of the rest', async () => {
    server();
    draw(<TargetsPage />, '/targets');
    expect(await screen.findByText('0 of 1 up')).toBeInTheDocument();
    expect(screen.getByText('1 of 1 up')).toBeInTheDocument();
    expect(screen.getByText('no targets')).toBeInTheDocument();
    expect(await screen.findByText(/^connection refused, since \d\d/)).toBeInTheDocument();
    expect(await screen.findByText('612')).toBeInTheDocument();
    expect(screen.getByText('dns_sd_configs: no such host')).toBeInTheDocument();
  });

  it('filters by state and text, and keeps both in the address', async () => {
    server();
    draw(<TargetsPage />, '/targets');
    await userEvent.click(await screen.findByRole('button', { name: /^Down/ }));
    expect(screen.queryByRole('button', { name: 'a:1' })).not.toBeInTheDocument();
    await userEvent.click(screen.getByRole('button', { name: /^Down/ }));
    await userEvent.type(screen.getByRole('textbox', { name: 'Filter of targets' }), 'job=web');
    expect(screen.queryByRole('button', { name: 'b:1' })).not.toBeInTheDocument();
    expect(screen.getByTestId('address')).toHaveTextContent('/targets?filter=job%3Dweb');
  });

  it('lists dropped ones on demand and tells which step dropped one', async () => {
    const requests = server();
    draw(<TargetsPage />, '/targets');
    const count = await screen.findByRole('button', { name: /^Dropped 1/ });
    expect(requests.some(({ path }) => path.endsWith('state=dropped'))).toBe(false);
    await userEvent.click(count);
    await userEvent.click(await screen.findByRole('button', { name: 'c:1' }));
    expect(await screen.findByText('Dropped by relabel step 1')).toBeInTheDocument();
    expect(screen.getByText(/scrape is not set, and the step keeps only true/)).toBeInTheDocument();
    const asked = requests.find(({ path }) => path.includes('relabel_steps'))?.path ?? '';
    expect(new URL(asked, 'http://x').searchParams.get('labels')).toBe(JSON.stringify(dropped.discoveredLabels));
  });

  it('opens a target from its address, with labels before and after and the unchanged error', async () => {
    server();
    const first = draw(<TargetsPage />, '/targets');
    await userEvent.click(await screen.findByRole('button', { name: 'b:1' }));
    const address = screen.getByTestId('address').textContent;
    first.unmount();
    draw(<TargetsPage />, address ?? '');
    const card = await screen.findByRole('complementary', { name: 'b:1' });
    expect(within(card).getByText('connection refused')).toBeInTheDocument();
    expect(within(card).getByText(error)).toBeInTheDocument();
    expect(within(card).getByText('Labels after relabelling')).toBeInTheDocument();
    expect(within(card).getByText('Discovered labels')).toBeInTheDocument();
  });

  it('goes through the list by keys', async () => {
    server();
    draw(<><Keys /><TargetsPage /></>, '/targets');
    await screen.findByRole('button', { name: 'a:1' });
    await userEvent.keyboard('jj{Enter}');
    expect(await screen.findByRole('complementary', { name: 'a:1' })).toBeInTheDocument();
    await userEvent.keyboard('k');
    expect(await screen.findByRole('complementary', { name: 'b:1' })).toBeInTheDocument();
    await userEvent.keyboard('{Escape}');
    expect(screen.queryByRole('complementary')).not.toBeInTheDocument();
    await userEvent.keyboard('/');
    expect(screen.getByRole('textbox', { name: 'Filter of targets' })).toHaveFocus();
  });

  it('closes a pool, and the address remembers it', async () => {
    server();
    draw(<TargetsPage />, '/targets');
    await userEvent.click(await screen.findByRole('button', { name: 'web' }));
    expect(screen.queryByRole('button', { name: 'a:1' })).not.toBeInTheDocument();
    expect(screen.getByTestId('address')).toHaveTextContent('/targets?closed=web');
  });

  it('says how the first one comes about', async () => {
    server({ 'GET /api/v1/targets': ok({ activeTargets: [], droppedTargets: [], droppedTargetCounts: {} }), 'GET /api/v1/scrape_pools': ok({ scrapePools: [] }) });
    draw(<TargetsPage />, '/targets');
    expect(await screen.findByText('Nothing is scraped yet')).toBeInTheDocument();
  });

  it('says what failed, and offers to try again', async () => {
    server({ 'GET /api/v1/targets': { status: 500, body: { error: { message: 'The store is not open.' } } } });
    draw(<TargetsPage />, '/targets');
    expect(await screen.findByText('The store is not open.')).toBeInTheDocument();
    expect(screen.getByRole('button', { name: 'Try now' })).toBeInTheDocument();
  });
});
