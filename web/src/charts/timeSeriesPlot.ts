import uPlot from 'uplot';
import { alertsAt } from './alertRegions';
import type { PlotModel } from './plotModel';
import { plotOptions } from './plotOptions';
import { type ChartSeries, indexAt, lastValue } from './seriesModel';
import { crosshairTime } from './timeTicks';
import { ChartTooltip, type TooltipAction } from './tooltipElement';
import { type TooltipEntry, tooltipRows } from './tooltipRows';

export interface PlotSettings {
  readonly tooltip: 'multi' | 'single' | 'none';
  readonly ascending: boolean;
  readonly unit: string;
  readonly actions: (time: number) => readonly TooltipAction[];
  readonly onZoom?: (from: number, to: number) => void;
}

/** Receives the value of each series under the crosshair, or its last one (`time` undefined). */
export type LegendSink = (valueOf: (series: ChartSeries) => number, time: number | undefined) => void;

interface PlotHost {
  readonly area: HTMLElement;
  readonly clock: HTMLElement;
  readonly legend: LegendSink;
  readonly onKept: (kept: boolean) => void;
}

/**
 * One chart on the screen: uPlot, its tooltip, and the values in its legend. Lives on the page's thread, outside React, so that a moving
 * pointer renders nothing. Owned by the component, which must call `destroy`.
 */
export class TimeSeriesPlot {
  private readonly tooltip: ChartTooltip;
  private plot: uPlot | undefined;
  private model: PlotModel;
  private settings: PlotSettings;
  private size = { width: 0, height: 0 };
  private pointerInside = false;
  /** The time under the crosshair, kept over refreshes. */
  private time: number | undefined;
  private pointerValue = Number.NaN;
  private pressedAt = 0;

  constructor(private readonly host: PlotHost, model: PlotModel, settings: PlotSettings, private readonly syncKey: string | undefined) {
    this.model = model;
    this.settings = settings;
    this.tooltip = new ChartTooltip(host.onKept);
    host.area.addEventListener('pointerenter', this.entered);
    host.area.addEventListener('pointerleave', this.left);
    host.area.addEventListener('pointermove', this.touched);
    host.area.addEventListener('pointerdown', this.pressed);
    host.area.addEventListener('click', this.clicked, true);
  }

  /** New data, settings or colours. Equal structure exchanges the data in one frame; anything else builds the plot anew. */
  update(model: PlotModel, settings: PlotSettings, repaint: boolean): void {
    const rebuild = repaint || model.signature !== this.model.signature;
    const same = model === this.model;
    this.model = model;
    this.settings = settings;
    if (same && !rebuild) {
      this.paintLegend();
    } else if (rebuild || this.plot === undefined) {
      this.build();
    } else {
      this.plot.setData(this.data(), true);
      this.follow();
    }
  }

  resize(width: number, height: number): void {
    if (width <= 0 || height <= 0 || width === this.size.width && height === this.size.height) {
      return;
    }
    this.size = { width, height };
    if (this.plot === undefined) {
      this.build();
    } else {
      this.plot.setSize(this.size);
    }
  }

  /** Puts the crosshair on a time, as the arrow keys do; undefined takes it away. Answers what is there, to be read out. */
  moveTo(time: number | undefined): string {
    if (this.plot === undefined) {
      return '';
    }
    this.pointerValue = Number.NaN;
    this.pointerInside = time !== undefined;
    this.plot.setCursor({ left: time === undefined ? -10 : this.plot.valToPos(time, 'x'), top: 0 });
    if (time === undefined) {
      return '';
    }
    const { rows } = tooltipRows(this.entries(time), Number.NaN);
    return [this.clock(time), ...rows.map((row) => `${row.name} ${row.text}`)].join(', ');
  }

  /** Moves the crosshair by so many values, from the end when it is nowhere yet. */
  step(by: number): string {
    const { times } = this.model;
    const last = times.length - 1;
    const at = this.time === undefined ? last + 1 : times.indexOf(this.time);
    return this.moveTo(times[Math.max(0, Math.min(last, at + by))]);
  }

  /** Emphasises one series; undefined ends it. */
  focus(key: string | undefined): void {
    const index = this.model.series.findIndex((s) => s.key === key);
    this.plot?.setSeries(index < 0 ? null : index + 1, { focus: true }, false);
  }

  keepTooltip(kept: boolean): void {
    this.tooltip.keep(kept);
  }

  destroy(): void {
    this.host.area.removeEventListener('pointerenter', this.entered);
    this.host.area.removeEventListener('pointerleave', this.left);
    this.host.area.removeEventListener('pointermove', this.touched);
    this.host.area.removeEventListener('pointerdown', this.pressed);
    this.host.area.removeEventListener('click', this.clicked, true);
    this.tooltip.destroy();
    this.plot?.destroy();
  }

  private build(): void {
    if (this.size.width === 0) {
      return;
    }
    this.plot?.destroy();
    const options = plotOptions(() => this.model, this.size, this.syncKey, {
      cursorMoved: () => { this.cursorMoved(); },
      selected: (from, to) => this.settings.onZoom?.(from, to),
      panned: (by) => this.settings.onZoom?.(Math.round(this.model.input.from + by), Math.round(this.model.input.to + by)),
    });
    this.plot = new uPlot(options, this.data(), this.host.area);
    this.follow();
  }

  private data(): uPlot.AlignedData {
    return [this.model.times, ...this.model.columns] as uPlot.AlignedData;
  }

  /** After new data the crosshair stays on its time. */
  private follow(): void {
    if (this.time !== undefined && this.plot !== undefined) {
      this.plot.setCursor({ left: this.plot.valToPos(this.time, 'x'), top: this.plot.cursor.top ?? 0 }, false);
    }
    this.cursorMoved();
  }

  private readonly entered = (): void => {
    this.pointerInside = true;
  };

  private readonly left = (): void => {
    this.pointerInside = false;
    this.tooltip.hide();
  };

  /** uPlot follows a mouse; a finger is followed here. */
  private readonly touched = (event: PointerEvent): void => {
    if (event.pointerType !== 'mouse' && this.plot !== undefined) {
      const box = this.plot.over.getBoundingClientRect();
      this.pointerInside = true;
      this.plot.setCursor({ left: event.clientX - box.left, top: event.clientY - box.top });
    }
  };

  private readonly pressed = (event: PointerEvent): void => {
    this.pressedAt = event.clientX;
  };

  /** A click keeps the tooltip and the next one lets it go; the end of a drag is no click. */
  private readonly clicked = (event: MouseEvent): void => {
    if (Math.abs(event.clientX - this.pressedAt) < 4 && this.time !== undefined) {
      this.tooltip.keep(!this.tooltip.kept);
      this.cursorMoved();
    }
  };

  private paintLegend(): void {
    const { time } = this;
    this.host.legend(time === undefined ? (s) => lastValue(s.values) : (s) => valueAt(s, time), time);
  }

  private cursorMoved(): void {
    const { plot } = this;
    if (plot === undefined || this.tooltip.kept && this.time !== undefined && !this.pointerInside) {
      return;
    }
    const left = plot.cursor.left ?? -1;
    if (left < 0 || this.model.times.length === 0) {
      this.time = undefined;
      this.host.clock.hidden = true;
      this.paintLegend();
      this.tooltip.hide();
      return;
    }
    if (!this.tooltip.kept) {
      this.time = this.nearestTime(plot.posToVal(left, 'x'));
      const top = plot.cursor.top ?? -1;
      this.pointerValue = this.pointerInside && top >= 0 ? plot.posToVal(top, 'y') : Number.NaN;
    }
    const time = this.time ?? this.model.input.to;
    this.paintLegend();
    this.showClock(plot, time);
    if (this.pointerInside && this.settings.tooltip !== 'none') {
      this.showTooltip(plot, time);
    }
  }

  private nearestTime(time: number): number {
    return this.model.times[this.plot?.valToIdx(time) ?? 0] ?? time;
  }

  private showClock(plot: uPlot, time: number): void {
    const { clock } = this.host;
    const offset = plot.bbox.left / devicePixelRatio + plot.valToPos(time, 'x');
    clock.hidden = false;
    clock.textContent = this.clock(time);
    clock.style.transform = `translate(calc(${offset}px - 50%), ${(plot.bbox.top + plot.bbox.height) / devicePixelRatio}px)`;
  }

  private showTooltip(plot: uPlot, time: number): void {
    const all = tooltipRows(this.entries(time), this.pointerValue, this.settings.ascending);
    const shown = this.settings.tooltip === 'single' ? { ...all, rows: all.rows.filter((row) => row.key === all.nearest), more: 0 } : all;
    const alert = alertsAt(this.model.input.bands, time);
    const box = plot.over.getBoundingClientRect();
    this.tooltip.show(
      { time: this.clock(time), unit: this.settings.unit, rows: shown, ...(alert === undefined ? {} : { alert }) },
      box.left + plot.valToPos(time, 'x'), box.top, this.settings.actions(time),
    );
  }

  private entries(time: number): TooltipEntry[] {
    return this.model.series.filter((s) => s.style.hideFrom?.tooltip !== true).map((s) => {
      const value = valueAt(s, time);
      return { key: s.key, name: s.name, color: s.color, value, text: Number.isNaN(value) ? '–' : s.format(value) };
    });
  }

  private clock(time: number): string {
    return crosshairTime(time, this.model.input.to - this.model.input.from, this.model.input.zone);
  }
}

export function valueAt(series: ChartSeries, time: number): number {
  const index = indexAt(series.grid, time);
  return index < 0 ? Number.NaN : series.values[index] ?? Number.NaN;
}
