import { useCallback, useMemo, useState } from 'react';
import type { AnnotationBand } from '../../api/annotations';
import { axisUnit } from '../../charts/axisUnits';
import { toggleShown, type LegendWish } from '../../charts/legendLayout';
import { plotModel } from '../../charts/plotModel';
import { TimeSeriesChart } from '../../charts/TimeSeriesChart';
import type { TooltipAction } from '../../charts/tooltipElement';
import { Panel } from '../../components/Panel';
import { copyText } from '../../lib/copyText';
import { rangeName } from '../../lib/rangeName';
import type { SeriesColors } from '../../lib/seriesColor';
import { pauseLive } from '../../state/live';
import { useTimeRange } from '../../state/timeRange';
import { useZone } from '../../state/zone';
import { linesOf } from './chartSeries';
import styles from './ExplorePage.module.css';
import { SeriesSummary } from './SeriesSummary';
import type { Answered } from './useResults';

interface ResultGraphProps {
  readonly answered: Answered;
  readonly title: string;
  readonly colors: SeriesColors;
  /** Grafana's name of the unit of all lines; empty when they differ or do not say. */
  readonly unit: string;
  readonly bands: readonly AnnotationBand[];
  /** What changes how it is seen: graph or table. */
  readonly actions: React.ReactNode;
  readonly onAddTopk: () => void;
}

// The table under the graph is its legend.
const noLegend: LegendWish = { mode: 'hidden', placement: 'auto', calcs: [] };

/** The graph of all queries that are on, and its lines in figures. */
export function ResultGraph({ answered, title, colors, unit, bands, actions, onAddTopk }: ResultGraphProps) {
  const zone = useZone();
  const { setRange, text } = useTimeRange();
  const lines = useMemo(() => linesOf(answered.results, unit, colors), [answered, unit, colors]);
  const [isolated, setIsolated] = useState<ReadonlySet<string> | undefined>();
  const keys = useMemo(() => lines.map(({ chart }) => chart.key), [lines]);
  const shown = useMemo(() => {
    const kept = isolated === undefined ? [] : keys.filter((key) => isolated.has(key));
    return new Set(kept.length === 0 ? keys : kept);
  }, [keys, isolated]);
  const series = useMemo(() => lines.flatMap(({ chart }) => (shown.has(chart.key) ? [chart] : [])), [lines, shown]);
  const note = useMemo(() => noteOf(series, unit, answered), [series, unit, answered]);
  const onZoom = useCallback((from: number, to: number) => setRange({ from: String(Math.round(from)), to: String(Math.round(to)) }), [setRange]);
  const chartActions = useCallback((time: number): readonly TooltipAction[] => [{ label: 'Copy', run: () => void copyText(new Date(time).toISOString()) }], []);
  const toggle = (key: string, withControl: boolean): void => {
    const next = toggleShown(keys, shown, key, withControl);
    setIsolated(next.size === keys.length ? undefined : next);
  };
  return (
    <>
      <Panel title={title} note={note} actions={actions}>
        <div className={styles.chart}>
          <TimeSeriesChart
            title={title} series={series} from={answered.from} to={answered.to} zone={zone} unit={note} left={unit === '' ? {} : { unit }} bands={bands} legend={noLegend}
            onZoom={onZoom} onKept={pauseForTooltip} onAddTopk={onAddTopk} actions={chartActions}
          />
        </div>
      </Panel>
      <SeriesSummary lines={lines} shown={shown} unit={unit} range={rangeName(text) ?? 'Range'} onToggle={toggle} />
    </>
  );
}

function pauseForTooltip(kept: boolean): void {
  pauseLive('tooltip', kept);
}

function noteOf(series: Parameters<typeof plotModel>[0]['series'], unit: string, { from, to }: Answered): string {
  if (series.length === 0 || unit === '') {
    return '';
  }

  const left = { unit };
  return axisUnit(left, plotModel({ series, from, to, zone: 'UTC', left, right: {}, bands: [], marks: [], coloured: new Set() }).leftRange);
}
