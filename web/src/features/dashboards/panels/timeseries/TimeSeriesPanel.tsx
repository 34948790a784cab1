import { useMemo } from 'react';
import { TimeSeriesChart } from '../../../../charts/TimeSeriesChart';
import { PanelUnit } from '../PanelUnit';
import type { PanelProps } from '../panelProps';
import { useChartActions } from '../useChartActions';
import { timeSeriesModel, toldByAxis } from './model';

export function TimeSeriesPanel({ panel, frames, range, zone, colors, bands, marks, onZoom, onKept }: PanelProps) {
  const model = useMemo(() => timeSeriesModel(frames, panel.options, colors, zone), [frames, panel.options, colors, zone]);
  const { series, unit } = useMemo(() => toldByAxis(model, range), [model, range]);
  const actions = useChartActions(panel);
  return (
    <>
      <PanelUnit unit={unit} />
      <TimeSeriesChart
        title={panel.title} series={series} from={range.from} to={range.to} zone={zone} unit={unit} left={model.left} right={model.right}
        bands={bands} marks={marks} legend={model.legend} tooltip={model.tooltip} ascending={model.ascending} syncKey="dashboard"
        onZoom={onZoom} onKept={onKept} actions={actions} {...(model.limits === undefined ? {} : { limits: model.limits })}
      />
    </>
  );
}
