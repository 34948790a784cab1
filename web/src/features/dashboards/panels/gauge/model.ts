import type { GaugeValue } from '../../../../charts/Gauge';
import { formatValue } from '../../../../lib/formatValue';
import { grafanaColor } from '../../../../lib/grafanaColor';
import { optional } from '../../../../lib/readUnknown';
import type { SeriesColors } from '../../../../lib/seriesColor';
import { absoluteSteps, displayValue, shareOf } from '../../fields/display';
import type { Frame } from '../../frames/frame';
import { bordersOf, reducedValues } from '../reducedValues';
import { looksOf } from '../seriesIdentity';

/** Values with their place between minimum and maximum, for gauges and bars. */
export function gaugeValues(frames: readonly Frame[], options: unknown, colors: SeriesColors, zone: string): GaugeValue[] {
  const reduced = reducedValues(frames, options, zone);
  const borders = bordersOf(reduced);
  const looks = looksOf(reduced, colors, false, zone);
  return reduced.map(({ key, name, field, value }, i) => {
    const { config } = field;
    const own = { zone, min: config.min ?? borders.min, max: config.max ?? (config.unit === 'percentunit' ? 1 : config.unit === 'percent' ? 100 : borders.max) };
    const shown = displayValue(config, value, own);
    const byName = looks[i]?.color ?? 'var(--ph-s1)';
    const max = config.max;
    return {
      key, name, text: shown.text, share: typeof value === 'number' ? shareOf(config, value, own) : Number.NaN,
      color: shown.color ?? byName, textColor: shown.textColor ?? 'var(--ph-text)',
      ...optional('meaning', max === undefined || config.unit === 'percent' || config.unit === 'percentunit' ? undefined : `of ${formatValue(max, config.unit, { zone })}`),
      steps: absoluteSteps(config, own).map((step) => ({ share: Number.isFinite(step.value) ? shareOf(config, step.value, own) : 0, color: grafanaColor(step.color) })),
    };
  });
}
