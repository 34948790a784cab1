import { render, screen } from '@testing-library/react';
import { AlertList } from './AlertList';
import { BarGauge } from './BarGauge';
import { Gauge, type GaugeValue } from './Gauge';
import { PieChart } from './PieChart';
import { Stat, type StatValue } from './Stat';

const stat = (name: string, more: Partial<StatValue> = {}): StatValue => ({
  key: name, name, parts: { prefix: '', number: '12.4', glue: '\u00a0', suffix: '%' }, color: 'var(--ph-fire-solid)', textColor: 'var(--ph-fire)', ...more,
});
const gauge = (more: Partial<GaugeValue> = {}): GaugeValue => ({ key: 'a', name: 'pool', text: '96 %', share: 0.96, color: 'red', textColor: 'red', steps: [{ share: 0, color: 'green' }, { share: 0.9, color: 'red' }], ...more });

describe('Stat', () => {
  it('shows the figure, its unit and what it means', () => {
    render(<Stat title="Failing" values={[stat('a', { meaning: 'limit 10 %' })]} colorMode="value" textMode="auto" orientation="auto" />);
    expect(screen.getByRole('group', { name: 'Failing' })).toHaveTextContent('12.4%limit 10 %');
    expect(screen.queryByText('a')).not.toBeInTheDocument();
  });

  it('names several figures, and colours them only when asked', () => {
    const { rerender } = render(<Stat title="x" values={[stat('a'), stat('b')]} colorMode="none" textMode="auto" orientation="auto" />);
    expect(screen.getByText('a')).toBeInTheDocument();
    expect(screen.getAllByText('12.4')[0]).not.toHaveAttribute('style');
    rerender(<Stat title="x" values={[stat('a')]} colorMode="value" textMode="value" orientation="auto" />);
    expect(screen.getByText('12.4')).toHaveAttribute('style', 'color: var(--ph-fire);');
  });

  it('shows the name alone, or nothing but the line', () => {
    const { rerender } = render(<Stat title="x" values={[stat('1.8.3')]} colorMode="none" textMode="name" orientation="auto" />);
    expect(screen.getByRole('group')).toHaveTextContent('1.8.3');
    rerender(<Stat title="x" values={[stat('1.8.3')]} colorMode="none" textMode="none" orientation="auto" />);
    expect(screen.getByRole('group')).toHaveTextContent('');
  });
});

describe('Gauge and BarGauge', () => {
  it('tell name, value and maximum to those who hear them', () => {
    render(<Gauge title="Pool" values={[gauge({ meaning: 'of 40' })]} names={false} markers />);
    expect(screen.getByRole('img', { name: 'pool, 96 %, of 40' })).toBeInTheDocument();
  });

  it('are empty without a value, not zero by a stroke', () => {
    const { container } = render(<Gauge title="Pool" values={[gauge({ share: Number.NaN })]} names markers={false} />);
    expect([...container.querySelectorAll('path')].map((path) => path.getAttribute('d') === '')).toEqual([false, true]);
  });

  it('draw a bar as long as its share, in the mode of the panel', () => {
    const { container, rerender } = render(<BarGauge title="x" values={[gauge()]} mode="basic" vertical={false} unfilled text="color" />);
    expect(container.querySelector('[style*="width: 96%"]')).not.toBeNull();
    rerender(<BarGauge title="x" values={[gauge()]} mode="lcd" vertical={false} unfilled text="hidden" />);
    expect(container.querySelectorAll('[style*="opacity: 1"]')).toHaveLength(19);
    expect(screen.queryByText('96 %')).not.toBeInTheDocument();
  });
});

describe('PieChart', () => {
  it('says its shares', () => {
    render(<PieChart title="By path" donut shows={['value', 'percent']} legend="right" slices={[{ key: 'a', name: '/a', value: 3, text: '3 /s', color: 'red' }, { key: 'b', name: '/b', value: 1, text: '1 /s', color: 'blue' }]} />);
    expect(screen.getByRole('img', { name: 'By path: /a 75\u00a0%, /b 25\u00a0%' })).toBeInTheDocument();
    expect(screen.getAllByRole('listitem')[0]).toHaveTextContent('/a3 /s75 %');
  });
});

describe('AlertList', () => {
  it('says state and age in words', () => {
    render(<AlertList title="Alerts" now={600_000} alerts={[{ key: '1', name: 'HighErrorRate', sentence: '12.4 % of requests fail.', state: 'firing', since: 60_000, href: '/alerts?alert=1' }]} />);
    expect(screen.getByRole('listitem')).toHaveTextContent('HighErrorRatefiring 9 m12.4 % of requests fail.');
    expect(screen.getByRole('link')).toHaveAttribute('href', '/alerts?alert=1');
  });

  it('says when there are none', () => {
    render(<AlertList title="Alerts" now={0} alerts={[]} />);
    expect(screen.getByText('No alerts')).toBeInTheDocument();
  });
});
