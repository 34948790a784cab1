import { lazy, Suspense, useMemo, useState, type KeyboardEvent } from 'react';
import 'uplot/dist/uPlot.min.css';
import { chartSentence } from './chartSentence';
import { useColorScheme } from './colors';
import { Legend } from './Legend';
import { automaticLegend, chooseDrawn, colouredKeys, drawnAtFirst, drawnAtMost, legendKind, legendPlacement, type LegendWish, toggleShown } from './legendLayout';
import { plotModel } from './plotModel';
import type { AlertBand, AxisSpec, ChartLimits, ChartMark, ChartSeries } from './seriesModel';
import styles from './TimeSeriesChart.module.css';
import type { TooltipAction } from './tooltipElement';
import { useTimeSeriesPlot } from './useTimeSeriesPlot';

export interface TimeSeriesChartProps {
  /** What the chart shows, for those who hear it. */
  readonly title: string;
  readonly series: readonly ChartSeries[];
  readonly from: number;
  readonly to: number;
  readonly zone: string;
  /** Beside the time in the tooltip. */
  readonly unit?: string;
  readonly left?: AxisSpec;
  readonly right?: AxisSpec;
  readonly limits?: ChartLimits;
  readonly bands?: readonly AlertBand[];
  readonly marks?: readonly ChartMark[];
  readonly legend?: LegendWish;
  readonly tooltip?: 'multi' | 'single' | 'none';
  readonly ascending?: boolean;
  /** Charts of one key share the crosshair. */
  readonly syncKey?: string;
  readonly onZoom?: (from: number, to: number) => void;
  readonly onKept?: (kept: boolean) => void;
  readonly onAddTopk?: () => void;
  readonly actions?: (time: number) => readonly TooltipAction[];
}

const SeriesTable = lazy(async () => ({ default: (await import('./SeriesTable')).SeriesTable }));

const noAxis: AxisSpec = {};
const noBands: readonly AlertBand[] = [];
const noMarks: readonly ChartMark[] = [];

/** Series over time. Fills its parent, which must have a height. Enter shows the same data as a table. */
export function TimeSeriesChart(props: TimeSeriesChartProps) {
  const [asTable, setAsTable] = useState(false);
  return asTable
    ? <Suspense><SeriesTable title={props.title} series={props.series} zone={props.zone} onClose={() => { setAsTable(false); }} /></Suspense>
    : <ChartView {...props} onTable={() => { setAsTable(true); }} />;
}

function ChartView(props: TimeSeriesChartProps & { readonly onTable: () => void }) {
  const { series, from, to, zone, left = noAxis, right = noAxis, limits, bands = noBands, marks = noMarks, legend = automaticLegend } = props;
  const scheme = useColorScheme();
  const [drawAll, setDrawAll] = useState(false);
  const [isolated, setIsolated] = useState<ReadonlySet<string> | undefined>();
  const [width, setWidth] = useState(0);

  const listed = useMemo(() => series.filter((s) => s.style.hideFrom?.viz !== true), [series]);
  const drawn = useMemo(() => chooseDrawn(listed, drawAll ? drawnAtMost : drawnAtFirst), [listed, drawAll]);
  const coloured = useMemo(() => colouredKeys(drawn.series), [drawn]);
  const shown = useMemo(() => shownKeys(drawn.series, isolated), [drawn, isolated]);
  const model = useMemo(() => plotModel({
    series: drawn.series.filter((s) => shown.has(s.key)), from, to, zone, left, right, bands, marks, coloured, ...(limits === undefined ? {} : { limits }),
  }), [drawn, shown, from, to, zone, left, right, bands, marks, coloured, limits]);

  const named = drawn.series.filter((s) => s.style.hideFrom?.legend !== true);
  const kind = legendKind(named.length, legend);
  const placement = legendPlacement(kind, width, legend);
  const { area, cells, clock, spoken, focusSeries, step, leave } = useTimeSeriesPlot(props, model, scheme, setWidth);

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter') {
      event.preventDefault();
      props.onTable();
    } else if ((event.key === 'ArrowLeft' || event.key === 'ArrowRight') && !event.shiftKey) {
      event.preventDefault();
      step(event.key === 'ArrowLeft' ? -1 : 1);
    }
  };
  const onToggle = (key: string, withControl: boolean) => {
    const all = drawn.series.map((s) => s.key);
    const next = toggleShown(all, shown, key, withControl);
    setIsolated(next.size === all.length ? undefined : next);
  };

  return (
    <div className={styles.chart} data-placement={placement}>
      <div
        className={styles.plot} tabIndex={0} role="figure" aria-label={chartSentence(props.title, listed, drawn.total)} onKeyDown={onKeyDown}
        onBlur={leave}
      >
        <div className={styles.area} ref={area} aria-hidden />
        <div className={styles.clock} ref={clock} aria-hidden hidden />
        <div className={styles.spoken} ref={spoken} aria-live="polite" />
      </div>
      {drawn.total > drawn.series.length && (
        <div className={styles.limited} role="note">
          <span>{`${drawn.series.length.toLocaleString('en')} of ${drawn.total.toLocaleString('en')} series drawn, by highest maximum`}</span>
          {!drawAll && <button type="button" onClick={() => { setDrawAll(true); }}>{drawn.total > drawnAtMost ? `Draw ${drawnAtMost.toLocaleString('en')}` : 'Draw all'}</button>}
          {props.onAddTopk !== undefined && <button type="button" onClick={props.onAddTopk}>Add topk</button>}
        </div>
      )}
      <Legend series={named} kind={kind} placement={placement} wish={legend} shown={shown} coloured={coloured} onToggle={onToggle} onHover={focusSeries} cells={cells} />
    </div>
  );
}

/** What is isolated and still there; when nothing of it is left, everything. */
function shownKeys(series: readonly ChartSeries[], isolated: ReadonlySet<string> | undefined): ReadonlySet<string> {
  const kept = isolated === undefined ? [] : series.filter((s) => isolated.has(s.key));
  return new Set((kept.length === 0 ? series : kept).map((s) => s.key));
}
