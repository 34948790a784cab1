import { lazy, type ComponentType, type LazyExoticComponent } from 'react';
import type { PanelProps } from './panelProps';
import { StatPanel } from './stat/StatPanel';
import { TimeSeriesPanel } from './timeseries/TimeSeriesPanel';

interface PanelKind {
  readonly view: ComponentType<PanelProps> | LazyExoticComponent<ComponentType<PanelProps>>;
  /** It is drawn without asking anything. */
  readonly withoutData?: boolean;
}

// What most dashboards begin with is here; the other kinds come when the first of them is drawn.
const table = lazy(async () => ({ default: (await import('./table/TablePanel')).TablePanel }));

const kinds: Readonly<Record<string, PanelKind>> = {
  timeseries: { view: TimeSeriesPanel },
  stat: { view: StatPanel },
  gauge: { view: lazy(async () => ({ default: (await import('./gauge/GaugePanel')).GaugePanel })) },
  bargauge: { view: lazy(async () => ({ default: (await import('./bargauge/BarGaugePanel')).BarGaugePanel })) },
  table: { view: table },
  piechart: { view: lazy(async () => ({ default: (await import('./piechart/PieChartPanel')).PieChartPanel })) },
  text: { view: lazy(async () => ({ default: (await import('./text/TextPanelView')).TextPanelView })), withoutData: true },
  alertlist: { view: lazy(async () => ({ default: (await import('./alertlist/AlertListPanel')).AlertListPanel })), withoutData: true },
};

// A kind that is not built shows its data as a table rather than nothing.
const unknown: PanelKind = { view: table };

export function panelKind(type: string): PanelKind {
  return Object.hasOwn(kinds, type) ? kinds[type] ?? unknown : unknown;
}
