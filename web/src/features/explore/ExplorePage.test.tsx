import { act, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
// Here before the page asks for it: its first load takes longer than a test waits.
import '../../promql/analysis';
import { changeSettings, forgetSettings, getSettings } from '../../state/settings';
import { type FakeAnswer, fakeServer, type FakeRequest } from '../../testing/fakeServer';
import { draw } from '../../testing/render';
import { nothing } from './explain/testExplanation';
import { ExplorePage } from './ExplorePage';

// The editor of the page draws in a browser only: a text field stands for it.
vi.mock('../../promql/PromQLEditor', () => ({
  PromQLEditor: ({ label, value, error, looked, onChange, onRun, onFix }: { label: string; value: string; error?: { message: string; offset: number }; looked?: { expr: string; offset: number; length: number; isTaken: boolean }; onChange(text: string): void; onRun(): void; onFix?(): void }) => (
    <>
      <input aria-label={label} value={value} onChange={(event) => onChange(event.currentTarget.value)} onKeyDown={(event) => { if (event.key === 'Enter') { (event.altKey ? onFix : onRun)?.(); } }} />
      {error !== undefined && <mark>{error.offset}</mark>}
      {looked !== undefined && <ins>{`${looked.isTaken ? 'taken ' : ''}${looked.expr.slice(looked.offset, looked.offset + looked.length)}`}</ins>}
    </>
  ),
}));
vi.mock('../../charts/TimeSeriesChart', () => ({ TimeSeriesChart: ({ series, unit }: { series: readonly { name: string }[]; unit: string }) => <figure aria-label={`graph ${unit}`}>{series.map(({ name }) => name).join(' ')}</figure> }));

interface Asked { readonly id: string; readonly expr: string; readonly instant?: boolean; readonly intervalMs?: number }
const ok = (data: unknown): FakeAnswer => ({ body: { status: 'success', data } });

function server(answer: (query: Asked) => object, more: Parameters<typeof fakeServer>[0] = {}) {
  return fakeServer({
    'POST /api/pharos/v1/query/batch': ({ body }: FakeRequest) => {
      const { queries } = body as { queries: readonly Asked[] };
      return { body: `${queries.map((query) => JSON.stringify({ id: query.id, expr: query.expr, t0: 1000, step: 15_000, steps: 2, meta: { series: 2, points: 4, samples: 41_000, durationMs: 3.2, scrapeIntervalMs: 15_000 }, ...answer(query) })).join('\n')}\n{"done":true,"asOf":1}`, contentType: 'text/plain' };
    },
    'GET /api/pharos/v1/annotations': { body: { bands: [], marks: [], asOf: 1 } },
    'GET /api/v1/label/__name__/values': ok(['http_requests_total', 'up']),
    'GET /api/v1/metadata': ok({ up: [{ type: 'gauge', unit: '', help: 'Whether it answers' }], http_requests_total: [{ type: 'counter', unit: '', help: 'Requests' }] }),
    'GET /api/v1/status/tsdb': ok({ seriesCountByMetricName: [{ name: 'up', value: 3 }] }),
    ...more,
  });
}

const two = { series: [{ labels: { path: '/a' }, name: '/a', values: [1, 4] }, { labels: { path: '/b' }, name: '/b', values: [2, 1] }] };
const asked = (requests: readonly FakeRequest[]) => requests.flatMap(({ body, path }) => (path.endsWith('/batch') ? (body as { queries: readonly Asked[] }).queries : []));

beforeEach(() => {
  localStorage.clear();
  forgetSettings();
});

describe('ExplorePage', () => {
  it('draws what the address asks, in figures too, the highest first', async () => {
    server(() => two);
    draw(<ExplorePage />, '/query?q=up');
    expect(await screen.findByRole('figure', { name: /graph/ })).toHaveTextContent('/a /b');
    const rows = within(screen.getByRole('table', { name: 'The lines of the graph' })).getAllByRole('row');
    expect(rows.map((row) => row.textContent)).toEqual(['pathNow ↓MinMeanMaxLast 1 hour', '/a4.001.002.504.00', '/b1.001.001.502.00']);
    expect(screen.getByText(/^2 series · 4 points · step 15 s · 41,000 samples read · 3.2.ms$/)).toBeInTheDocument();
  });

  it('tells what is too small for its column in its own size', async () => {
    server(() => ({ series: [{ labels: { path: '/a' }, name: '/a', values: [1.5, 1.5] }, { labels: { path: '/b' }, name: '/b', values: [0.0004, 0] }] }));
    draw(<ExplorePage />, '/query?q=up');
    expect(await screen.findByRole('row', { name: /^\/b/ })).toHaveTextContent('/b0.000.000.00020.0004');
  });

  it('runs what was written, and the address and the history have it', async () => {
    server(() => two);
    draw(<ExplorePage />, '/query');
    await userEvent.type(await screen.findByLabelText('Query A', { selector: 'input' }), 'up == 0{Enter}');
    expect(screen.getByTestId('address')).toHaveTextContent('/query?q=up+%3D%3D+0');
    expect(getSettings().queries).toEqual(['up == 0']);
  });

  it('marks an error at its place and mends it', async () => {
    server(({ expr }) => (expr === 'rate(up)' ? { series: [], error: { message: 'the query is not PromQL', cause: '1:6: parse error', place: { offset: 5, length: 2 } } } : two));
    draw(<ExplorePage />, '/query?q=rate(up)');
    const notice = await screen.findByRole('alert');
    await waitFor(() => expect(notice).toHaveTextContent('rate needs a range, such as [5m].'));
    expect(notice).toHaveTextContent('line 1, column 6');
    expect(notice).toHaveTextContent('1:6: parse error');
    expect(document.querySelector('mark')).toHaveTextContent('5');
    await userEvent.click(screen.getByRole('button', { name: 'Add [5m]' }));
    expect(screen.getByTestId('address')).toHaveTextContent('/query?q=rate%28up%5B5m%5D%29');
    expect(await screen.findByRole('figure', { name: /graph/ })).toBeInTheDocument();
  });

  it('keeps the last result, marked as old, when an edit does not parse', async () => {
    server(({ expr }) => (expr === 'up' ? two : { series: [], error: { message: 'the query is not PromQL' } }));
    draw(<ExplorePage />, '/query?q=up');
    await screen.findByRole('figure', { name: /graph/ });
    await userEvent.type(screen.getByLabelText('Query A', { selector: 'input' }), '){Enter}');
    expect(await screen.findByText(/before this edit/)).toBeInTheDocument();
    expect(screen.getByRole('figure', { name: /graph/ })).toHaveTextContent('/a /b');
  });

  it('says why a query that parses cannot be answered', async () => {
    server(() => ({ series: [], error: { message: 'the query cannot be answered', cause: 'found duplicate series' } }));
    draw(<ExplorePage />, '/query?q=up');
    expect(await screen.findByRole('alert')).toHaveTextContent('The query cannot be answered. found duplicate series');
  });

  it('draws a line alone by a click, and all again by another', async () => {
    server(() => two);
    draw(<ExplorePage />, '/query?q=up');
    const name = await screen.findByRole('button', { name: '/b' });
    await userEvent.click(name);
    expect(screen.getByRole('figure', { name: /graph/ })).toHaveTextContent(/^\/b$/);
    await userEvent.click(name);
    expect(screen.getByRole('figure', { name: /graph/ })).toHaveTextContent('/a /b');
  });

  it('switches a query off by its eye, in the address', async () => {
    const requests = server(() => two);
    draw(<ExplorePage />, '/query?q=up&q=down');
    await userEvent.click(await screen.findByRole('button', { name: 'Draw B' }));
    expect(screen.getByTestId('address')).toHaveTextContent('/query?q=up&q=down&off=B');
    await waitFor(() => expect(asked(requests.slice(-3)).some(({ id }) => id === 'B')).toBe(false));
  });

  it('adds a query and takes one out', async () => {
    server(() => two);
    draw(<ExplorePage />, '/query?q=up');
    await userEvent.click(screen.getByRole('button', { name: 'Add query' }));
    await userEvent.type(await screen.findByLabelText('Query B', { selector: 'input' }), 'down{Enter}');
    expect(screen.getByTestId('address')).toHaveTextContent('/query?q=up&q=down');
    await userEvent.click(screen.getByRole('button', { name: 'More about A' }));
    await userEvent.click(await screen.findByRole('menuitem', { name: 'Take A out' }));
    expect(screen.getByTestId('address')).toHaveTextContent('/query?q=down');
  });

  it('shows values at one time as a table', async () => {
    const requests = server(({ instant }) => (instant === true ? { steps: 1, series: [{ labels: { path: '/a' }, values: [41_206] }] } : two));
    draw(<ExplorePage />, '/query?q=up');
    await userEvent.click(await screen.findByRole('button', { name: 'Table' }));
    expect(await screen.findByText('41,206')).toBeInTheDocument();
    expect(asked(requests).some(({ instant }) => instant === true)).toBe(true);
  });

  it('formats a query by the server', async () => {
    server(() => two, { 'POST /api/v1/format_query': ok('sum(up)') });
    draw(<ExplorePage />, '/query?q=sum%20%28%20up%20%29');
    await userEvent.click(screen.getByRole('button', { name: 'More about A' }));
    await userEvent.click(await screen.findByRole('menuitem', { name: 'Format' }));
    await waitFor(() => expect(screen.getByLabelText('Query A', { selector: 'input' })).toHaveValue('sum(up)'));
  });

  it('says why there is no result by one run of it, and mends the query by a click', async () => {
    const requests = server(() => ({ series: [] }), { 'POST /api/pharos/v1/explain': { body: nothing } });
    draw(<ExplorePage />, '/query?q=sum(rate(uq[5m]))&explain=A');
    expect(await screen.findByText('No metric is called uq')).toBeInTheDocument();
    expect(screen.getAllByText('No series has the name uq; there is up.')).toHaveLength(2);
    expect(requests.filter(({ path }) => path.endsWith('/explain')).map(({ body }) => body)).toMatchObject([{ query: 'sum(rate(uq[5m]))', step: 15_000 }]);
    // Of the empty result; the tree has the same.
    await userEvent.click(screen.getAllByRole('button', { name: 'up' })[0] ?? document.body);
    expect(screen.getByTestId('address')).toHaveTextContent('/query?explain=A&q=sum%28rate%28up%5B5m%5D%29%29');
  });

  it('explains a query beside its result, and marks the part that is looked at', async () => {
    server(() => two, { 'POST /api/pharos/v1/explain': { body: nothing } });
    draw(<ExplorePage />, '/query?q=sum(rate(uq[5m]))');
    await screen.findByRole('figure', { name: /graph/ });
    await userEvent.click(screen.getByRole('button', { name: 'Explain' }));
    expect(screen.getByTestId('address')).toHaveTextContent('explain=A');
    const part = await screen.findByRole('button', { name: /^uq\[5m\]/ });
    await userEvent.hover(part);
    expect(document.querySelector('ins')).toHaveTextContent('uq[5m]');
    await userEvent.unhover(part);
    expect(document.querySelector('ins')).toBeNull();
    await userEvent.click(screen.getByRole('button', { name: 'Close the explanation' }));
    expect(screen.getByTestId('address')).toHaveTextContent(/\/query\?q=sum[^&]*$/);
  });

  it('asks for a part alone as another query', async () => {
    server(() => two, { 'POST /api/pharos/v1/explain': { body: nothing } });
    draw(<ExplorePage />, '/query?q=sum(rate(uq[5m]))&explain=A&node=1');
    await userEvent.click(await screen.findByRole('button', { name: 'Ask for it alone' }));
    expect(screen.getByTestId('address')).toHaveTextContent('/query?explain=A&q=sum%28rate%28uq%5B5m%5D%29%29&q=rate%28uq%5B5m%5D%29');
  });

  it('shows how far a query came that failed', async () => {
    server(() => ({ series: [], error: { message: 'The query cannot be answered.', cause: 'many-to-many' } }), {
      'POST /api/pharos/v1/explain': { body: { ...nothing, error: { message: 'The query cannot be answered.', cause: 'many-to-many' }, nodes: nothing.nodes.map((part) => ({ ...part, failed: part.id === 1, notes: [] })) } },
    });
    draw(<ExplorePage />, '/query?q=sum(rate(uq[5m]))&explain=A');
    const tree = await screen.findByRole('treegrid', { name: 'The parts of A' });
    expect(within(tree).getByRole('row', { name: /^rate/ })).toHaveAttribute('data-state', 'failed');
    expect(screen.getAllByText(/many-to-many/).length).toBeGreaterThan(1);
  });

  it('explains nothing of a query that does not parse', async () => {
    const requests = server(() => ({ t0: 0, series: [], error: { message: 'The query is not PromQL.', place: { offset: 4, length: 1 } } }));
    draw(<ExplorePage />, '/query?q=sum(&explain=A');
    expect(await screen.findByText('A does not parse: its place is marked in the query.')).toBeInTheDocument();
    expect(requests.some(({ path }) => path.endsWith('/explain'))).toBe(false);
  });

  it('shows warnings before what is good to know, goes to their places, and says what was left out', async () => {
    server(() => ({ ...two, warnings: [{ text: 'slow store' }], infos: [{ text: 'metric might not be a counter', place: { offset: 5, length: 2 } }], limited: { shown: 2, total: 4120 } }));
    draw(<ExplorePage />, '/query?q=rate(up[5m])');
    expect(await screen.findByText('slow store')).toBeInTheDocument();
    expect(screen.getAllByRole('listitem').map((item) => item.dataset['state'])).toEqual(['warning', 'warning', 'info']);
    await userEvent.click(screen.getByRole('button', { name: 'up' }));
    expect(document.querySelector('ins')).toHaveTextContent('taken up');
    expect(screen.getByText('The first 2 of 4,120 series of A.')).toBeInTheDocument();
    await userEvent.click(screen.getByRole('button', { name: 'Add topk' }));
    expect(screen.getByTestId('address')).toHaveTextContent('/query?q=topk%2810%2C+rate%28up%5B5m%5D%29%29');
  });

  it('says that histograms are no lines, and offers what of them is', async () => {
    const histogram = { values: 2, step: 1, count: 12, sum: 6, buckets: [[0, 0.25, 0.5, 8], [0, 0.5, 1, 4]] };
    server(() => ({ series: [{ labels: { __name__: 'h', path: '/a' }, name: '/a', values: [null, null], histogram }] }));
    draw(<ExplorePage />, '/query?q=h');
    expect(await screen.findByText('1 series of A is a native histogram.')).toBeInTheDocument();
    expect(screen.queryByRole('figure', { name: /graph/ })).not.toBeInTheDocument();
    const table = screen.getByRole('table', { name: 'Histograms of A' });
    expect(within(table).getByRole('row', { name: /^\/a/ })).toHaveTextContent(/^\/a1260.5/);
    await userEvent.click(within(table).getByRole('button', { name: '/a' }));
    expect(within(table).getAllByRole('listitem').map((item) => item.textContent)).toEqual(['(0.25, 0.5] 8', '(0.5, 1] 4']);
    await userEvent.click(screen.getByRole('button', { name: '95th percentile' }));
    expect(screen.getByTestId('address')).toHaveTextContent('/query?q=histogram_quantile%280.95%2C+rate%28h%5B5m%5D%29%29');
  });

  it('shows numbers and histograms of one query apart', async () => {
    const histogram = { values: 1, step: 0, count: 0, sum: 0, buckets: [], limited: { shown: 200, total: 300 } };
    server(() => ({ steps: 1, series: [{ labels: { path: '/a' }, values: [41_206] }, { labels: { path: '/b' }, values: [null], histogram }] }));
    draw(<ExplorePage />, '/query?q=x+%2B+y&view=table');
    expect(await screen.findByText('41,206')).toBeInTheDocument();
    const table = screen.getByRole('table', { name: 'Histograms of A' });
    await userEvent.click(within(table).getByRole('button', { name: '{path="/b"}' }));
    expect(table).toHaveTextContent('Nothing was observed.The first 200 of 300 buckets that are not empty.');
    await userEvent.click(screen.getByRole('button', { name: 'Mean' }));
    expect(screen.getByTestId('address')).toHaveTextContent('q=histogram_avg%28x+%2B+y%29');
  });

  it('lists the metrics without a query, and asks for one by a click', async () => {
    server(() => two);
    draw(<ExplorePage />, '/query');
    expect(await screen.findByText('Whether it answers')).toBeInTheDocument();
    await userEvent.type(screen.getByRole('textbox', { name: 'Filter of metrics' }), 'http');
    expect(screen.queryByRole('button', { name: 'up' })).not.toBeInTheDocument();
    await userEvent.click(screen.getByRole('button', { name: 'rate' }));
    expect(screen.getByTestId('address')).toHaveTextContent('/query?q=rate%28http_requests_total%5B5m%5D%29');
  });

  it('takes up what was run before', async () => {
    act(() => changeSettings({ queries: ['up == 0'] }));
    server(() => two);
    draw(<ExplorePage />, '/query');
    await userEvent.click(screen.getByRole('button', { name: 'History' }));
    await userEvent.click(await screen.findByRole('menuitem', { name: 'up == 0' }));
    expect(screen.getByTestId('address')).toHaveTextContent('/query?q=up+%3D%3D+0');
  });

  it('marks what is left as old when the server no longer answers', async () => {
    let answers = true;
    server(() => two, {
      'POST /api/pharos/v1/query/batch': ({ body }: FakeRequest) => {
        const { queries } = body as { queries: readonly Asked[] };
        return answers ? { body: `${queries.map(({ id, expr }) => JSON.stringify({ id, expr, t0: 1000, step: 15_000, steps: 2, ...two })).join('\n')}\n{"done":true,"asOf":1}`, contentType: 'text/plain' } : { status: 500, body: { error: { message: 'The store is not open.' } } };
      },
    });
    draw(<ExplorePage />, '/query?q=up');
    await screen.findByRole('figure', { name: /graph/ });
    answers = false;
    await userEvent.type(screen.getByLabelText('Query A', { selector: 'input' }), '{Enter}');
    expect(await screen.findByText(/^old: /)).toBeInTheDocument();
    expect(screen.getByRole('figure', { name: /graph/ })).toHaveTextContent('/a /b');
  });

  it('says what failed as a whole, and offers to try again', async () => {
    fakeServer({ 'POST /api/pharos/v1/query/batch': { status: 500, body: { error: { message: 'The store is not open.' } } } });
    draw(<ExplorePage />, '/query?q=up');
    expect(await screen.findByText('The store is not open.')).toBeInTheDocument();
    expect(screen.getByRole('button', { name: 'Try now' })).toBeInTheDocument();
  });
});
