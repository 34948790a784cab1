import { lazy, type ComponentType, type LazyExoticComponent } from 'react';
import type { PanelProps } from './panelProps';
import { AlertListPanel } from './alertlist/AlertListPanel';
import { BarGaugePanel } from './bargauge/BarGaugePanel';
import { GaugePanel } from './gauge/GaugePanel';
import { PieChartPanel } from './piechart/PieChartPanel';
import { StatPanel } from './stat/StatPanel';
import { TablePanel } from './table/TablePanel';
import { TimeSeriesPanel } from './timeseries/TimeSeriesPanel';

interface PanelKind {
  readonly view: ComponentType<PanelProps> | LazyExoticComponent<ComponentType<PanelProps>>;
  /** It is drawn without asking anything. */
  readonly withoutData?: boolean;
}

const kinds: Readonly<Record<string, PanelKind>> = {
  timeseries: { view: TimeSeriesPanel },
  stat: { view: StatPanel },
  gauge: { view: GaugePanel },
  bargauge: { view: BarGaugePanel },
  table: { view: TablePanel },
  piechart: { view: PieChartPanel },
  text: { view: lazy(async () => ({ default: (await import('./text/TextPanelView')).TextPanelView })), withoutData: true },
  alertlist: { view: AlertListPanel, withoutData: true },
};

// A kind that is not built shows its data as a table rather than nothing.
const unknown: PanelKind = { view: TablePanel };

export function panelKind(type: string): PanelKind {
  return Object.hasOwn(kinds, type) ? kinds[type] ?? unknown : unknown;
}
