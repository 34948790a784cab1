import { useMemo } from 'react';
import { BarGauge } from '../../../../charts/BarGauge';
import { objectOf, oneOf } from '../../../../lib/readUnknown';
import { gaugeValues } from '../gauge/model';
import type { PanelProps } from '../panelProps';

export function BarGaugePanel({ panel, frames, zone, colors }: PanelProps) {
  const values = useMemo(() => gaugeValues(frames, panel.options, colors, zone), [frames, panel.options, colors, zone]);
  const options = objectOf(panel.options);
  return (
    <BarGauge
      title={panel.title} values={values} mode={oneOf(options['displayMode'], ['basic', 'gradient', 'lcd']) ?? 'gradient'}
      vertical={options['orientation'] === 'vertical'} unfilled={options['showUnfilled'] !== false}
      text={oneOf(options['valueMode'], ['color', 'text', 'hidden']) ?? 'color'}
    />
  );
}
