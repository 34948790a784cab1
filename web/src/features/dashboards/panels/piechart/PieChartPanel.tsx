import { useMemo } from 'react';
import { PieChart } from '../../../../charts/PieChart';
import { objectOf, oneOf, textsOf } from '../../../../lib/readUnknown';
import type { PanelProps } from '../panelProps';
import { reducedValues } from '../reducedValues';
import { looksOf } from '../seriesIdentity';

export function PieChartPanel({ panel, frames, zone, colors }: PanelProps) {
  const slices = useMemo(() => {
    const reduced = reducedValues(frames, panel.options, zone);
    const looks = looksOf(reduced, colors, true, zone);
    return reduced.map(({ key, name, value, display }, i) => ({
      key, name, value: typeof value === 'number' ? value : Number.NaN, text: display.text, color: looks[i]?.color ?? 'var(--ph-s1)',
    }));
  }, [frames, panel.options, zone, colors]);
  const options = objectOf(panel.options);
  const legend = objectOf(options['legend']);
  const shows = textsOf(legend['values']).flatMap((what) => oneOf(what, ['value', 'percent']) ?? []);
  const hidden = legend['showLegend'] === false || legend['displayMode'] === 'hidden';
  return (
    <PieChart
      title={panel.title} slices={slices} donut={options['pieType'] === 'donut'} shows={shows.length === 0 ? ['percent'] : shows}
      legend={hidden ? 'none' : oneOf(legend['placement'], ['right', 'bottom']) ?? 'right'}
    />
  );
}
