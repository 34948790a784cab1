import { useMemo } from 'react';
import { Gauge } from '../../../../charts/Gauge';
import { objectOf } from '../../../../lib/readUnknown';
import type { PanelProps } from '../panelProps';
import { gaugeValues } from './model';

export function GaugePanel({ panel, frames, zone, colors }: PanelProps) {
  const values = useMemo(() => gaugeValues(frames, panel.options, colors, zone), [frames, panel.options, colors, zone]);
  return <Gauge title={panel.title} values={values} names={values.length > 1} markers={objectOf(panel.options)['showThresholdMarkers'] !== false} />;
}
