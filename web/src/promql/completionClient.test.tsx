import { CompletionContext } from '@codemirror/autocomplete';
import { EditorState } from '@codemirror/state';
import { LanguageType, promQLLanguage } from '@prometheus-io/codemirror-promql';
import { fakeServer } from '../testing/fakeServer';
import { CompletionClient } from './completionClient';
import { describeLabels, MetricCompletion } from './metricCompletion';

const ok = (data: unknown) => ({ body: { status: 'success', data } });

function complete(client: CompletionClient, text: string) {
  const state = EditorState.create({ doc: text, extensions: [promQLLanguage(LanguageType.PromQL)] });
  return new MetricCompletion(client).promQL(new CompletionContext(state, text.length, true));
}

describe('completion', () => {
  it('offers metrics with their kind and number of series', async () => {
    fakeServer({
      'GET /api/v1/label/__name__/values': ok(['http_requests_total', 'http_seconds_bucket', 'other']),
      'GET /api/v1/metadata': ok({ http_requests_total: [{ type: 'counter', unit: '', help: 'Requests' }], http_seconds: [{ type: 'histogram', unit: '', help: 'Latency' }] }),
      'GET /api/v1/status/tsdb': ok({ seriesCountByMetricName: [{ name: 'http_requests_total', value: 96 }] }),
    });
    const result = await complete(new CompletionClient(), 'rate(http');
    const named = (label: string) => result?.options.find((option) => option.label === label);
    expect(named('http_requests_total')).toMatchObject({ type: 'counter', detail: '96 series' });
    expect(named('http_seconds_bucket')).toMatchObject({ type: 'histogram' });
    expect(named('other')?.type).toBe('metric');
    expect(named('http_seconds_bucket')?.detail).toBeUndefined();
  });

  it('shows help and labels of a metric, with how many values each has', async () => {
    fakeServer({
      'GET /api/v1/label/__name__/values': ok(['up']), 'GET /api/v1/metadata': ok({ up: [{ type: 'gauge', unit: '', help: 'Health' }] }), 'GET /api/v1/status/tsdb': ok({ seriesCountByMetricName: [] }),
      'GET /api/v1/series': ok([{ __name__: 'up', job: 'a', instance: '1' }, { __name__: 'up', job: 'a', instance: '2' }]),
    });
    const info = (await complete(new CompletionClient(), 'u'))?.options.find(({ label }) => label === 'up')?.info;
    const node = typeof info === 'function' ? await info({ label: 'up' }) : undefined;
    expect((node as Node).textContent).toBe('Gauge  Healthinstance 2 · job 1');
  });

  it('asks for values of a label of the metric, narrowed by the other matchers', async () => {
    const requests = fakeServer({ 'GET /api/v1/label/path/values': ok(['/a', '/b']) });
    const result = await complete(new CompletionClient(), 'up{status=~"5..", path="');
    expect(result?.options.map(({ label }) => label)).toEqual(['/a', '/b']);
    const asked = requests.find(({ path }) => path.startsWith('/api/v1/label/path'))?.path ?? '';
    expect(new URL(asked, 'http://x').searchParams.get('match[]')).toBe('{__name__="up", status=~"5.."}');
  });

  it('offers labels where labels are grouped', async () => {
    fakeServer({ 'GET /api/v1/labels': ok(['__name__', 'path', 'status']) });
    expect((await complete(new CompletionClient(), 'sum by (p'))?.options.map(({ label }) => label)).toEqual(['path', 'status']);
  });

  it('completes what is known without the server when it does not answer', async () => {
    fakeServer({});
    expect((await complete(new CompletionClient(), 'ra'))?.options.some(({ label }) => label === 'rate')).toBe(true);
  });

  it('asks for the names once in a while, not with each letter', async () => {
    const requests = fakeServer({ 'GET /api/v1/label/__name__/values': ok(['up']), 'GET /api/v1/metadata': ok({}), 'GET /api/v1/status/tsdb': ok({ seriesCountByMetricName: [] }) });
    const client = new CompletionClient();
    await complete(client, 'u');
    await complete(client, 'up');
    expect(requests.filter(({ path }) => path.includes('__name__'))).toHaveLength(1);
  });
});

describe('describeLabels', () => {
  it('names eight labels and counts the rest', () => {
    const labels = Object.fromEntries(Array.from({ length: 10 }, (_, index) => [`l${index}`, 'x']));
    expect(describeLabels([labels])).toMatch(/^l0 1 · .* · l7 1 · 2 more$/);
  });
});
