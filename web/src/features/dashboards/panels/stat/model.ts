import type { StatValue } from '../../../../charts/Stat';
import { objectOf, optional } from '../../../../lib/readUnknown';
import { absoluteSteps, exactText, formatterOf } from '../../fields/display';
import type { Frame } from '../../frames/frame';
import { reducedValues, type ReducedValue } from '../reducedValues';

/** The figures of a stat, each with its meaning (the limit, and what it was before) and the line of the range. */
export function statValues(frames: readonly Frame[], options: unknown, zone: string): StatValue[] {
  const withSpark = objectOf(options)['graphMode'] !== 'none';
  return reducedValues(frames, options, zone).map((reduced) => {
    const { key, name, display, value, field } = reduced;
    const spark = withSpark && reduced.frame.grid !== undefined && field.values instanceof Float64Array && field.values.length > 1 ? field.values : undefined;
    const limit = limitOf(reduced);
    return {
      key, name, parts: display.parts, exact: exactText(value), color: display.color ?? 'var(--ph-s1)', textColor: display.textColor ?? 'var(--ph-text)',
      ...optional('meaning', meaningOf(reduced, limit, zone)), ...optional('spark', spark), ...optional('limit', limit),
    };
  });
}

const alarming = /red|orange|yellow|#f|#e|#d|rgba?\(2/i;

/** The limit that the value has passed, or the next one above it. A step to a colour that warns of nothing is none. */
function limitOf({ field, value }: ReducedValue): number | undefined {
  const limits = absoluteSteps(field.config, {}).filter((step) => Number.isFinite(step.value) && alarming.test(step.color)).map((step) => step.value);
  return typeof value !== 'number' ? undefined : limits.findLast((limit) => value >= limit) ?? limits[0];
}

/** "limit 10 %, was 0.6 %". */
function meaningOf({ field, value, frame }: ReducedValue, limit: number | undefined, zone: string): string | undefined {
  const format = formatterOf(field.config, zone);
  const parts = limit === undefined || (field.config.mappings ?? []).length > 0 ? [] : [`limit ${format(limit)}`];
  const first = frame.grid === undefined || !(field.values instanceof Float64Array) ? undefined : field.values.find((candidate) => !Number.isNaN(candidate));
  if (first !== undefined && typeof value === 'number' && format(first) !== format(value)) {
    parts.push(`was ${format(first)}`);
  }
  return parts.length === 0 ? undefined : parts.join(', ');
}
