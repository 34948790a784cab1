import { act, render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { plainLine } from './seriesModel';
import { testSeries } from './testSeries';
import { TimeSeriesChart, type TimeSeriesChartProps } from './TimeSeriesChart';

// A canvas that draws nothing, and elements with a size: jsdom has neither.
const context = new Proxy({}, { get: (target, name) => (name in target ? Reflect.get(target, name) : name === 'measureText' ? () => ({ width: 10 }) : () => undefined), set: (target, name, value) => Reflect.set(target, name, value) });
let resize: (() => void)[] = [];

beforeEach(() => {
  resize = [];
  vi.stubGlobal('Path2D', class { moveTo() { return; } lineTo() { return; } closePath() { return; } rect() { return; } arc() { return; } addPath() { return; } bezierCurveTo() { return; } });
  vi.stubGlobal('ResizeObserver', class {
    constructor(callback: () => void) { resize.push(callback); }
    observe() { return; }
    disconnect() { return; }
  });
  vi.spyOn(HTMLCanvasElement.prototype, 'getContext').mockReturnValue(context as never);
  vi.spyOn(HTMLElement.prototype, 'clientWidth', 'get').mockReturnValue(600);
  vi.spyOn(HTMLElement.prototype, 'clientHeight', 'get').mockReturnValue(300);
});

async function draw(props: Partial<TimeSeriesChartProps> & Pick<TimeSeriesChartProps, 'series'>) {
  const all: TimeSeriesChartProps = { title: 'Requests', from: 0, to: 180_000, zone: 'UTC', ...props };
  const view = render(<TimeSeriesChart {...all} />);
  await act(async () => {
    resize.forEach((callback) => { callback(); });
    await Promise.resolve();
  });
  return { ...view, again: (change: Partial<TimeSeriesChartProps>) => { view.rerender(<TimeSeriesChart {...all} {...change} />); } };
}

const three = [testSeries('/api/stats', [1, 2, 3]), testSeries('/login', [4, 5, 6]), testSeries('/health', [7, 8, null])];

describe('TimeSeriesChart', () => {
  it('has a name and says what it shows', async () => {
    await draw({ series: three });
    expect(screen.getByRole('figure')).toHaveAccessibleName('Requests: three series, highest /health at 8, steady.');
  });

  it('shows the last value of each series in its legend, and the new one after a refresh', async () => {
    const { again } = await draw({ series: three });
    expect(screen.getByRole('button', { name: /api\/stats/ })).toHaveTextContent('3');
    again({ series: [testSeries('/api/stats', [1, 2, 9]), ...three.slice(1)] });
    expect(screen.getByRole('button', { name: /api\/stats/ })).toHaveTextContent('9');
  });

  it('shows a name alone when it is clicked, and everything on the second click', async () => {
    await draw({ series: three });
    const pressed = () => screen.getAllByRole('button').map((button) => button.getAttribute('aria-pressed'));
    await userEvent.click(screen.getByRole('button', { name: /login/ }));
    expect(pressed()).toEqual(['false', 'true', 'false']);
    await userEvent.click(screen.getByRole('button', { name: /login/ }));
    expect(pressed()).toEqual(['true', 'true', 'true']);
  });

  it('opens the same data as a table with Enter', async () => {
    await draw({ series: three });
    screen.getByRole('figure').focus();
    await userEvent.keyboard('{Enter}');
    const rows = within(await screen.findByRole('table')).getAllByRole('row');
    expect(rows[1]).toHaveTextContent('1970-01-01 00:02:00');
    expect(rows[1]).toHaveTextContent('36–');
    await userEvent.click(screen.getByRole('button', { name: 'Show the graph' }));
    expect(screen.getByRole('figure')).toBeInTheDocument();
  });

  it('reads out what is under the crosshair when the arrows move it', async () => {
    await draw({ series: three });
    screen.getByRole('figure').focus();
    await userEvent.keyboard('{ArrowLeft}');
    expect(screen.getByRole('figure')).toHaveTextContent('00:02:00, /login 6, /api/stats 3');
    expect(screen.getByRole('button', { name: /health/ })).toHaveTextContent('–');
  });

  it('draws a hundred of more series and says so', async () => {
    await draw({ series: Array.from({ length: 112 }, (_, i) => testSeries(`s${i}`, [i])), legend: { mode: 'hidden', placement: 'auto', calcs: [] } });
    expect(screen.getByRole('note')).toHaveTextContent('100 of 112 series drawn, by highest maximum');
    await userEvent.click(screen.getByRole('button', { name: 'Draw all' }));
    expect(screen.queryByRole('note')).not.toBeInTheDocument();
  });

  it('keeps a series out of the legend that a dashboard hides there', async () => {
    await draw({ series: [...three, { ...testSeries('hidden', [1]), style: { ...plainLine, hideFrom: { legend: true } } }] });
    expect(screen.queryByRole('button', { name: /hidden/ })).not.toBeInTheDocument();
  });
});
