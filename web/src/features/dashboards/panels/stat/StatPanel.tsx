import { useMemo } from 'react';
import { Stat } from '../../../../charts/Stat';
import { objectOf, oneOf } from '../../../../lib/readUnknown';
import type { PanelProps } from '../panelProps';
import { statValues } from './model';

export function StatPanel({ panel, frames, zone }: PanelProps) {
  const values = useMemo(() => statValues(frames, panel.options, zone), [frames, panel.options, zone]);
  const options = objectOf(panel.options);
  return (
    <Stat
      title={panel.title} values={values} colorMode={oneOf(options['colorMode'], ['none', 'value', 'background']) ?? (options['colorMode'] === 'background_solid' ? 'background' : 'value')}
      textMode={oneOf(options['textMode'], ['auto', 'value', 'name', 'value_and_name', 'none']) ?? 'auto'}
      orientation={oneOf(options['orientation'], ['auto', 'horizontal', 'vertical']) ?? 'auto'}
      centred={options['justifyMode'] === 'center'}
    />
  );
}
