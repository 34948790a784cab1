import type { Panel, Target } from '../../../api/dashboards';
import type { BatchQuery, QueryResult } from '../../../api/queryBatch';
import { applyConfig } from '../fields/applyConfig';
import { readFieldConfig } from '../fields/fieldConfig';
import type { Frame } from '../frames/frame';
import { framesOf } from '../frames/framesOf';
import { transform } from '../transformations/transform';

export interface PanelRange {
  readonly from: number;
  readonly to: number;
}

/** What a panel was answered, and for which range. */
export interface PanelResults {
  readonly range: PanelRange;
  readonly results: readonly QueryResult[];
}

/** A panel's own range: one that ends now, and one that is moved back. */
export function rangeOf(panel: Panel, page: PanelRange): PanelRange {
  const shift = panel.timeShiftMs ?? 0;
  const from = panel.timeFromMs === undefined ? page.from : page.to - panel.timeFromMs;
  return { from: from - shift, to: page.to - shift };
}

export function askedTargets(panel: Panel): readonly Target[] {
  const asked = (panel.targets ?? []).filter((target) => target.hide !== true && target.expr.trim() !== '');
  return asked.filter((target) => target.format !== 'heatmap');
}

const fewestPoints = 50;
const mostPoints = 2000;

/** The queries of a panel that is `width` CSS pixels wide: a step a pixel and a half, unless the panel says how many. */
export function queriesOf(panel: Panel, width: number): BatchQuery[] {
  const points = panel.maxDataPoints ?? Math.max(fewestPoints, Math.min(mostPoints, Math.round(width / 1.5)));
  return askedTargets(panel).map((target) => {
    const minInterval = Math.max(panel.minIntervalMs ?? 0, target.minIntervalMs ?? 0);
    return {
      id: `${panel.key}/${target.refId}`, expr: target.expr, maxDataPoints: points, legendFormat: target.legendFormat ?? '',
      ...(isInstant(panel, target) ? { instant: true } : {}), ...(minInterval > 0 ? { minIntervalMs: minInterval } : {}),
    };
  });
}

/** A target may ask for both; a table wants the newest values then, everything else the lines. */
function isInstant(panel: Panel, target: Target): boolean {
  return target.instant === true && (target.range !== true || panel.type === 'table');
}

/** The answers as the panel's columns: transformed, and each with its options. */
export function framesOfPanel(panel: Panel, answered: PanelResults): Frame[] {
  const targets = askedTargets(panel);
  const frames = targets.flatMap((target) => {
    const result = answered.results.find((candidate) => candidate.id === `${panel.key}/${target.refId}`);
    return result === undefined ? [] : framesOf(target, result, targets.length);
  });
  return applyConfig(transform(frames, panel.transformations ?? []), readFieldConfig(panel.fieldConfig));
}

/** The first error of a panel's queries, with the expression it is about. */
export function errorOf(answered: PanelResults): { readonly result: QueryResult; readonly message: string } | undefined {
  for (const result of answered.results) {
    if (result.error !== undefined) {
      return { result, message: result.error.message };
    }
  }
  return undefined;
}
