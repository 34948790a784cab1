import uPlot from 'uplot';
import { loneSamples } from './alignment';
import { axisLabels } from './axisUnits';
import { faded, onSurface, resolveColor } from './colors';
import { lineWidth } from './legendLayout';
import { drawAbove, drawBelow } from './plotLayers';
import type { PlotModel } from './plotModel';
import type { ChartSeries, SeriesStyle } from './seriesModel';
import { timeLabels, timeTicks } from './timeTicks';

export interface PlotEvents {
  readonly cursorMoved: (plot: uPlot) => void;
  readonly selected: (from: number, to: number) => void;
  readonly panned: (by: number) => void;
}

const axisFont = '11px "Inter Variable", system-ui, sans-serif';

/** The options of uPlot for the series and axes of `model()`; data and ranges are read from it anew at every draw. */
export function plotOptions(
  model: () => PlotModel, size: { width: number; height: number }, syncKey: string | undefined, events: PlotEvents,
): uPlot.Options {
  const first = model();
  return {
    width: size.width, height: size.height, legend: { show: false }, padding: [6, first.hasRight ? 0 : 8, 0, 0],
    scales: {
      x: { time: false, range: () => [model().input.from, model().input.to] },
      y: scale(() => model().leftRange, first.input.left.log),
      y2: scale(() => model().rightRange, first.input.right.log),
    },
    axes: axes(model),
    series: [{}, ...first.series.map((s, i) => seriesOptions(model, s, i))],
    bands: first.stackBands.flatMap(([upper, lower]): uPlot.Band[] => {
      const fill = first.series[upper]?.style.draw === 'bars' ? undefined : fillOf(first.series[upper]);
      return fill === undefined ? [] : [{ series: [upper + 1, lower + 1], fill }];
    }),
    cursor: cursorOptions(model, syncKey, events),
    focus: { alpha: 0.35 },
    hooks: {
      drawAxes: [(plot) => { drawBelow(plot, model()); }],
      draw: [(plot) => { drawAbove(plot, model()); }],
      setCursor: [events.cursorMoved],
      setSelect: [(plot) => { select(plot, events); }],
    },
  };
}

function scale(range: () => { min: number; max: number }, log: 2 | 10 | undefined): uPlot.Scale {
  const options: uPlot.Scale = { auto: true, range: () => [range().min, range().max] };
  return log === undefined ? options : { ...options, distr: 3, log };
}

function axes(model: () => PlotModel): uPlot.Axis[] {
  const common = { font: axisFont, stroke: () => resolveColor('var(--ph-text-3)'), ticks: { show: false }, border: { show: false } };
  const value = (side: 'left' | 'right'): uPlot.Axis => {
    const range = () => (side === 'left' ? model().leftRange : model().rightRange);
    const spec = () => (side === 'left' ? model().input.left : model().input.right);
    const labels = (ticks: readonly number[]) => axisLabels(ticks, spec(), range());
    return {
      ...common, scale: side === 'left' ? 'y' : 'y2', side: side === 'left' ? 3 : 1, gap: 6,
      show: spec().hidden !== true && (side === 'left' || model().hasRight),
      splits: (plot) => thinned(range().ticks, plot.bbox.height / devicePixelRatio),
      values: (_plot, ticks) => labels(ticks),
      size: (_plot, values) => Math.max(26, 12 + 6.4 * Math.max(0, ...((values as string[] | null) ?? []).map((text) => text.length))),
      grid: { show: side === 'left' && spec().gridless !== true, stroke: () => resolveColor('var(--ph-grid)'), width: 1 },
    };
  };
  return [
    {
      ...common, scale: 'x', size: 24, gap: 5, grid: { show: false },
      splits: (plot) => ticksWithRoom(model(), plot.bbox.width / devicePixelRatio),
      values: (_plot, ticks) => timeLabels(ticks, model().input.zone),
    },
    value('left'),
    value('right'),
  ];
}

const tickPixels = 20;

/** Every second, third … tick where a plot is too low for all of them. */
function thinned(ticks: readonly number[], pixels: number): number[] {
  const every = Math.max(1, Math.ceil(tickPixels * (ticks.length - 1) / Math.max(1, pixels)));
  return ticks.filter((_, i) => i % every === 0);
}

/** Half a label is wider than the room beside the plot: a tick at the very end has none. */
function ticksWithRoom(model: PlotModel, pixels: number): number[] {
  const { from, to, zone } = model.input;
  return timeTicks(from, to, pixels, zone).filter((tick) => (to - tick) / (to - from) * pixels >= 12);
}

function seriesOptions(model: () => PlotModel, series: ChartSeries, index: number): uPlot.Series {
  const { style } = series;
  const count = model().series.length;
  const coloured = model().input.coloured.has(series.key);
  const width = coloured ? style.width ?? lineWidth(count) : 1;
  const stroke = (plot: uPlot, at: number): string => {
    const focused = (plot.series[at] as { _focus?: boolean | null } | undefined)?._focus === true;
    return resolveColor(coloured || focused ? series.color : 'var(--ph-border-2)');
  };
  const options: uPlot.Series = {
    label: series.name, scale: style.axis === 'right' ? 'y2' : 'y', stroke,
    width: style.draw === 'points' ? 0 : width,
    spanGaps: style.spanNulls === true,
    points: points(model, series, index),
    paths: pathsOf(style),
  };
  if (style.dash !== undefined) {
    options.dash = [...style.dash];
  }
  const fill = fillOf(series);
  return fill === undefined || !coloured ? options : { ...options, fill };
}

function fillOf(series: ChartSeries | undefined): ((plot: uPlot) => string | CanvasGradient) | undefined {
  if (series === undefined || series.style.fill <= 0 || series.style.draw === 'points') {
    return undefined;
  }
  const { color, style } = series;
  if (style.draw === 'bars') {
    return () => resolveColor(onSurface(color, style.fill));
  }
  const share = style.stack === undefined ? Math.min(style.fill, 0.12) : style.fill;
  return style.gradient === true ? (plot) => gradient(plot, color, share) : () => resolveColor(faded(color, share));
}

function gradient(plot: uPlot, color: string, share: number): CanvasGradient {
  const { top, height } = plot.bbox;
  const fade = plot.ctx.createLinearGradient(0, top, 0, top + height);
  fade.addColorStop(0, resolveColor(faded(color, Math.min(1, share * 1.6))));
  fade.addColorStop(1, resolveColor(faded(color, 0)));
  return fade;
}

function points(model: () => PlotModel, series: ChartSeries, index: number): uPlot.Series.Points {
  const { style } = series;
  if (style.draw === 'points' || style.points === 'always') {
    return { show: true, size: style.pointSize, width: 0, fill: () => resolveColor(series.color) };
  }
  if (style.draw === 'bars' || style.points === 'never' && style.spanNulls === true) {
    return { show: false };
  }
  return {
    show: false, size: Math.max(4, style.pointSize), width: 0, fill: () => resolveColor(series.color),
    filter: () => loneSamples(model().columns[index] ?? []),
  };
}

function pathsOf(style: SeriesStyle): uPlot.Series.PathBuilder {
  const { bars, linear, stepped } = uPlot.paths;
  if (style.draw === 'bars' && bars !== undefined) {
    return bars({ size: [style.barWidth ?? 0.78, 60], gap: 1, align: style.barAlign ?? 0 });
  }
  if (style.draw === 'points') {
    return () => null;
  }
  if ((style.interpolation === 'stepBefore' || style.interpolation === 'stepAfter') && stepped !== undefined) {
    return stepped({ align: style.interpolation === 'stepAfter' ? 1 : -1 });
  }
  return linear === undefined ? () => null : linear();
}

function cursorOptions(model: () => PlotModel, syncKey: string | undefined, events: PlotEvents): uPlot.Cursor {
  const cursor: uPlot.Cursor = {
    y: false,
    drag: { x: true, y: false, setScale: false, dist: 6 },
    // The crosshair stands on a time that was asked for; while a range is dragged it follows the pointer.
    move: (plot, left, top) => {
      const time = left < 0 || plot.select.width > 0 ? undefined : model().times[plot.posToIdx(left)];
      return [time === undefined ? left : plot.valToPos(time, 'x'), top];
    },
    dataIdx: (_plot, seriesIndex, hovered) => (seriesIndex === 0 ? hovered : ownIndex(model().columns[seriesIndex - 1] ?? [], hovered)),
    points: {
      size: 8, width: 2,
      stroke: () => resolveColor('var(--ph-surface)'),
      fill: (_plot, seriesIndex) => resolveColor(model().series[seriesIndex - 1]?.color ?? 'var(--ph-text)'),
    },
    focus: { prox: model().series.length > 24 ? 18 : -1 },
    bind: {
      dblclick: () => () => null,
      mousedown: (plot, _target, handler) => (event: MouseEvent) => {
        if (event.shiftKey) {
          pan(plot, event, events);
        } else {
          handler(event);
        }
        return null;
      },
    },
  };
  return syncKey === undefined ? cursor : { ...cursor, sync: { key: syncKey, setSeries: false, scales: ['x', null], filters: { pub: isMove, sub: isMove } } };
}

/** Charts share where the pointer is; what is dragged and clicked belongs to one of them. */
function isMove(type: string): boolean {
  return type === 'mousemove' || type === 'mouseenter' || type === 'mouseleave';
}

/** The nearest index at which the series knows something; a gap stays a gap. */
export function ownIndex(values: readonly (number | null | undefined)[], hovered: number): number {
  for (let distance = 0; distance < values.length; distance++) {
    for (const at of [hovered - distance, hovered + distance]) {
      if (at >= 0 && at < values.length && values[at] !== undefined) {
        return at;
      }
    }
  }
  return hovered;
}

function pan(plot: uPlot, start: MouseEvent, events: PlotEvents): void {
  const ended = (end: MouseEvent): void => {
    removeEventListener('mouseup', ended);
    const by = plot.posToVal(0, 'x') - plot.posToVal(end.clientX - start.clientX, 'x');
    if (Math.abs(end.clientX - start.clientX) > 2) {
      events.panned(by);
    }
  };
  addEventListener('mouseup', ended);
}

function select(plot: uPlot, events: PlotEvents): void {
  const { left, width } = plot.select;
  if (width < 6) {
    return;
  }
  const from = plot.posToVal(left, 'x');
  const to = plot.posToVal(left + width, 'x');
  plot.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
  events.selected(Math.round(from), Math.round(to));
}
