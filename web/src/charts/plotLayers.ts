import type uPlot from 'uplot';
import { mergeBands, placeMarks } from './alertRegions';
import { faded, resolveColor } from './colors';
import type { PlotModel } from './plotModel';
import type { ChartLimit } from './seriesModel';

/** What is painted under and over the lines. Lengths are CSS pixels, scaled here to those of the canvas. */

const stripHeight = 4;
const font = '"Inter Variable", system-ui, sans-serif';

/** Alert bands and the areas between limits, before any line. */
export function drawBelow(plot: uPlot, model: PlotModel): void {
  const { ctx, bbox } = plot;
  ctx.save();
  ctx.beginPath();
  ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height);
  ctx.clip();
  drawAreas(plot, model);
  for (const region of mergeBands(model.input.bands, model.input.from, model.input.to)) {
    const left = plot.valToPos(region.from, 'x', true);
    const width = Math.max(1, plot.valToPos(region.to, 'x', true) - left);
    const name = region.state === 'firing' ? 'fire' : 'pend';
    ctx.fillStyle = resolveColor(`var(--ph-${name}-band)`);
    ctx.fillRect(left, bbox.top, width, bbox.height);
    ctx.fillStyle = resolveColor(`var(--ph-${name}-solid)`);
    ctx.fillRect(left, bbox.top, width, stripHeight * devicePixelRatio);
  }
  ctx.restore();
}

function drawAreas(plot: uPlot, model: PlotModel): void {
  const limits = model.input.limits;
  if (limits === undefined || !limits.style.includes('area')) {
    return;
  }
  const { ctx, bbox } = plot;
  limits.steps.forEach((step, i) => {
    const next = limits.steps[i + 1];
    const top = next === undefined ? bbox.top : position(plot, next);
    const bottom = Number.isFinite(step.value) ? position(plot, step) : bbox.top + bbox.height;
    const from = Math.max(top, bbox.top);
    const height = Math.min(bottom, bbox.top + bbox.height) - from;
    if (height > 0) {
      ctx.fillStyle = resolveColor(faded(step.color, 0.1));
      ctx.fillRect(bbox.left, from, bbox.width, height);
    }
  });
}

/** Limits with their label, marks with their flag: after the lines. */
export function drawAbove(plot: uPlot, model: PlotModel): void {
  const { ctx } = plot;
  ctx.save();
  ctx.font = `${11 * devicePixelRatio}px ${font}`;
  const limits = model.input.limits;
  if (limits !== undefined && limits.style !== 'area') {
    for (const step of limits.steps) {
      if (Number.isFinite(step.value)) {
        drawLimit(plot, step, limits.style.startsWith('dashed'));
      }
    }
  }
  drawMarks(plot, model);
  ctx.restore();
}

function drawLimit(plot: uPlot, limit: ChartLimit, dashed: boolean): void {
  const { ctx, bbox } = plot;
  const y = position(plot, limit);
  if (y < bbox.top || y > bbox.top + bbox.height) {
    return;
  }
  const color = resolveColor(limit.color);
  ctx.strokeStyle = color;
  ctx.lineWidth = 1.2 * devicePixelRatio;
  ctx.setLineDash(dashed ? [5 * devicePixelRatio, 4 * devicePixelRatio] : []);
  ctx.beginPath();
  ctx.moveTo(bbox.left, y);
  ctx.lineTo(bbox.left + bbox.width, y);
  ctx.stroke();
  if (limit.label !== undefined) {
    const above = y - bbox.top > 16 * devicePixelRatio;
    ctx.fillStyle = color;
    ctx.textAlign = 'left';
    ctx.textBaseline = above ? 'bottom' : 'top';
    ctx.fillText(limit.label, bbox.left + 4 * devicePixelRatio, y + (above ? -3 : 3) * devicePixelRatio);
  }
}

function drawMarks(plot: uPlot, model: PlotModel): void {
  const { ctx, bbox } = plot;
  const ratio = devicePixelRatio;
  const marks = placeMarks(model.input.marks, (time) => plot.valToPos(time, 'x'), bbox.width / ratio);
  const color = resolveColor('var(--ph-text-3)');
  for (const mark of marks) {
    const x = bbox.left + mark.x * ratio;
    ctx.strokeStyle = color;
    ctx.fillStyle = color;
    ctx.lineWidth = ratio;
    ctx.setLineDash([3 * ratio, 3 * ratio]);
    ctx.beginPath();
    ctx.moveTo(x, bbox.top);
    ctx.lineTo(x, bbox.top + bbox.height);
    ctx.stroke();
    ctx.beginPath();
    ctx.moveTo(x - 4 * ratio, bbox.top);
    ctx.lineTo(x + 4 * ratio, bbox.top);
    ctx.lineTo(x, bbox.top + 6 * ratio);
    ctx.fill();
    if (mark.labelled) {
      ctx.textAlign = 'left';
      ctx.textBaseline = 'top';
      ctx.fillText(mark.text, x + 7 * ratio, bbox.top + 5 * ratio, Math.max(0, bbox.left + bbox.width - x - 8 * ratio));
    }
  }
}

function position(plot: uPlot, limit: ChartLimit): number {
  return plot.valToPos(limit.value, limit.axis === 'right' ? 'y2' : 'y', true);
}
