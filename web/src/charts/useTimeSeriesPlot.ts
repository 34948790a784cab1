import { useEffect, useEffectEvent, useLayoutEffect, useRef, type RefObject } from 'react';
import type { PlotModel } from './plotModel';
import type { ChartSeries } from './seriesModel';
import type { TimeSeriesChartProps } from './TimeSeriesChart';
import { type PlotSettings, TimeSeriesPlot } from './timeSeriesPlot';
import type { TooltipAction } from './tooltipElement';

interface PlotHandle {
  readonly area: RefObject<HTMLDivElement | null>;
  readonly clock: RefObject<HTMLDivElement | null>;
  readonly cells: RefObject<HTMLDivElement | null>;
  readonly spoken: RefObject<HTMLDivElement | null>;
  readonly focusSeries: (key: string | undefined) => void;
  /** Moves the crosshair by so many values and reads out what is there. */
  readonly step: (by: number) => void;
  readonly leave: () => void;
}

interface LegendCell {
  readonly cell: HTMLElement;
  readonly series: ChartSeries;
}

const noActions = (): readonly TooltipAction[] => [];

/** The part of a chart outside React: created with its element, told of every change, destroyed with it. */
export function useTimeSeriesPlot(props: TimeSeriesChartProps, model: PlotModel, scheme: string, onWidth: (width: number) => void): PlotHandle {
  const area = useRef<HTMLDivElement>(null);
  const clock = useRef<HTMLDivElement>(null);
  const cells = useRef<HTMLDivElement>(null);
  const spoken = useRef<HTMLDivElement>(null);
  const plot = useRef<TimeSeriesPlot | null>(null);
  const paintedScheme = useRef(scheme);
  const legendCells = useRef<readonly LegendCell[]>([]);

  const onKept = useEffectEvent((kept: boolean) => { props.onKept?.(kept); });
  const resized = useEffectEvent((width: number) => { onWidth(Math.round(width / 20) * 20); });
  const writeLegend = useEffectEvent((valueOf: (series: ChartSeries) => number) => {
    for (const { cell, series } of legendCells.current) {
      const value = valueOf(series);
      const text = Number.isNaN(value) ? '–' : series.format(value);
      if (cell.textContent !== text) {
        cell.textContent = text;
      }
    }
  });
  const create = useEffectEvent((host: ConstructorParameters<typeof TimeSeriesPlot>[0]) => new TimeSeriesPlot(host, model, settingsOf(props), props.syncKey));

  useEffect(() => {
    const outer = area.current?.parentElement;
    if (area.current === null || clock.current === null || outer === null || outer === undefined) {
      return;
    }
    const created = create({
      area: area.current, clock: clock.current, legend: (valueOf) => { writeLegend(valueOf); }, onKept: (kept) => { onKept(kept); },
    });
    plot.current = created;
    const observer = new ResizeObserver(() => {
      created.resize(Math.floor(outer.clientWidth), Math.floor(outer.clientHeight));
      resized(outer.parentElement?.clientWidth ?? 0);
    });
    observer.observe(outer);
    return () => {
      observer.disconnect();
      created.destroy();
      plot.current = null;
    };
  }, []);

  useLayoutEffect(() => {
    legendCells.current = findCells(cells.current, props.series);
    plot.current?.update(model, settingsOf(props), paintedScheme.current !== scheme);
    paintedScheme.current = scheme;
  });

  return {
    area, clock, cells, spoken,
    focusSeries: (key) => { plot.current?.focus(key); },
    step: (by) => {
      if (spoken.current !== null) {
        spoken.current.textContent = plot.current?.step(by) ?? '';
      }
    },
    leave: () => { plot.current?.moveTo(undefined); },
  };
}

/** Sought once a drawing, not at every move of the pointer. */
function findCells(legend: HTMLElement | null, series: readonly ChartSeries[]): LegendCell[] {
  const byKey = new Map(series.map((s) => [s.key, s]));
  return [...legend?.querySelectorAll<HTMLElement>('[data-series]') ?? []].flatMap((cell) => {
    const found = byKey.get(cell.dataset['series'] ?? '');
    return found === undefined ? [] : [{ cell, series: found }];
  });
}

function settingsOf(props: TimeSeriesChartProps): PlotSettings {
  return {
    tooltip: props.tooltip ?? 'multi', ascending: props.ascending ?? false, unit: props.unit ?? '', actions: props.actions ?? noActions,
    ...(props.onZoom === undefined ? {} : { onZoom: props.onZoom }),
  };
}
