import type { Labels } from '../../../api/alerts';
import type { QueryResult, ResultSeries } from '../../../api/queryBatch';
import { plainLine, type ChartLimits, type ChartSeries } from '../../../charts/seriesModel';
import { formatValue } from '../../../lib/formatValue';
import { styleOfSlot } from '../../../lib/seriesColor';
import { seriesOfAlert } from './evidence';

/** More than these tell nothing: they are those of a rule whose value has other labels than its alert. */
const mostSeries = 8;

/** The lines of a card: the value of this alert, and where the limit is no number, the limit. */
export function chartSeries(value: QueryResult | undefined, limit: QueryResult | undefined, labels: Labels, unit: string | undefined): readonly ChartSeries[] {
  const format = (one: number): string => formatValue(one, unit);
  const lines = (result: QueryResult | undefined, name: (one: ResultSeries) => string, isLimit: boolean): ChartSeries[] =>
    seriesOfAlert(result?.series ?? [], labels).slice(0, mostSeries).map((one, index) => ({
      key: `${isLimit ? 'limit' : 'value'} ${JSON.stringify(one.labels)}`,
      name: name(one),
      color: isLimit ? 'var(--ph-fire-solid)' : `var(${styleOfSlot(index).token})`,
      grid: { t0: result?.t0 ?? 0, step: result?.step ?? 1, length: one.values.length },
      values: one.values,
      style: { ...plainLine, ...(isLimit ? { dash: [5, 4] } : {}) },
      format,
    }));
  return [...lines(value, (one) => (one.name === '' ? 'value' : one.name), false), ...lines(limit, () => 'limit', true)];
}

/** The dashed line of a limit that is a number. */
export function chartLimits(limit: number, unit: string | undefined): ChartLimits {
  return { style: 'dashed', steps: [{ value: limit, color: 'var(--ph-fire-solid)', label: `limit ${formatValue(limit, unit)}` }] };
}
