import { useState, type MouseEvent, type ReactNode, type Ref } from 'react';
import styles from './Legend.module.css';
import { type LegendCalc, type LegendKind, tableCalcs, type LegendWish } from './legendLayout';
import { type ChartSeries, lastValue, maximum, mean } from './seriesModel';

interface LegendProps {
  readonly series: readonly ChartSeries[];
  readonly kind: LegendKind;
  readonly placement: 'bottom' | 'right';
  readonly wish: LegendWish;
  readonly shown: ReadonlySet<string>;
  /** Those with a colour of their own. */
  readonly coloured: ReadonlySet<string>;
  readonly onToggle: (key: string, withControl: boolean) => void;
  readonly onHover: (key: string | undefined) => void;
  /** Cells with `data-series` are written from outside, at every move of the crosshair. */
  readonly cells: Ref<HTMLDivElement>;
}

const headings: Readonly<Record<LegendCalc, string>> = { last: 'last', lastNotNull: 'last', first: 'first', mean: 'mean', max: 'max', min: 'min', sum: 'sum' };

export function Legend(props: LegendProps) {
  const { kind, placement, cells } = props;
  if (kind === 'none') {
    return null;
  }
  return (
    <div className={styles.legend} data-placement={placement} ref={cells}>
      {kind === 'table' ? <LegendTable {...props} /> : (
        <div className={kind === 'line' ? styles.line : styles.columns}>
          {props.series.map((s) => (
            <LegendItem key={s.key} series={s} shown={props.shown} coloured={props.coloured} onToggle={props.onToggle} onHover={props.onHover}><span className={styles.value} data-series={s.key} /></LegendItem>
          ))}
        </div>
      )}
    </div>
  );
}

interface ItemProps extends Pick<LegendProps, 'shown' | 'coloured' | 'onToggle' | 'onHover'> {
  readonly series: ChartSeries;
  readonly children?: ReactNode;
}

function LegendItem({ series, shown, coloured, onToggle, onHover, children }: ItemProps) {
  return (
    <button
      type="button" className={styles.item} aria-pressed={shown.has(series.key)} title={series.name}
      onClick={(event: MouseEvent) => { onToggle(series.key, event.ctrlKey || event.metaKey); }}
      onPointerEnter={() => { onHover(series.key); }} onPointerLeave={() => { onHover(undefined); }}
    >
      <span className={styles.swatch} style={{ background: swatchOf(series, coloured.has(series.key)) }} />
      <span className={styles.name}>{series.name}</span>
      {children}
    </button>
  );
}

/** The colour of the line, dashed where the line is. */
function swatchOf({ color, style: { dash } }: ChartSeries, isColoured: boolean): string {
  const shown = isColoured ? color : 'var(--ph-border-2)';
  const [on, off] = dash ?? [];
  return on === undefined || off === undefined ? shown : `repeating-linear-gradient(90deg, ${shown} 0 ${on}px, transparent ${on}px ${on + off}px)`;
}

function LegendTable(props: LegendProps) {
  const calcs = tableCalcs(props.wish);
  const [sort, setSort] = useState<{ calc: LegendCalc | 'name'; descending: boolean } | undefined>();
  const rows = sorted(props.series, sort);
  const heading = (calc: LegendCalc | 'name', text: string) => (
    <th key={calc} scope="col" aria-sort={sort?.calc === calc ? (sort.descending ? 'descending' : 'ascending') : 'none'}>
      <button type="button" onClick={() => { setSort((old) => ({ calc, descending: old?.calc === calc ? !old.descending : calc !== 'name' })); }}>
        {text}{sort?.calc === calc ? (sort.descending ? ' ↓' : ' ↑') : ''}
      </button>
    </th>
  );
  return (
    <div className={styles.scroll}>
      <table className={styles.table}>
        <thead><tr>{heading('name', 'name')}{calcs.map((calc) => heading(calc, headings[calc]))}</tr></thead>
        <tbody>
          {rows.map((s) => (
            <tr key={s.key}>
              <td><LegendItem series={s} shown={props.shown} coloured={props.coloured} onToggle={props.onToggle} onHover={props.onHover} /></td>
              {calcs.map((calc) => isLast(calc) ? <td key={calc} data-series={s.key} /> : <td key={calc}>{textOf(s, calc)}</td>)}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function isLast(calc: LegendCalc): boolean {
  return calc === 'last' || calc === 'lastNotNull';
}

function sorted(series: readonly ChartSeries[], sort: { calc: LegendCalc | 'name'; descending: boolean } | undefined): readonly ChartSeries[] {
  if (sort === undefined) {
    return series;
  }
  const sign = sort.descending ? -1 : 1;
  const { calc } = sort;
  if (calc === 'name') {
    return series.toSorted((a, b) => sign * a.name.localeCompare(b.name, 'en', { numeric: true }));
  }
  const weighed = series.map((s) => ({ s, value: calculate(s, calc) }));
  const rank = (value: number): number => (Number.isNaN(value) ? -Infinity : value);
  return weighed.sort((a, b) => sign * (rank(a.value) - rank(b.value))).map((entry) => entry.s);
}

function textOf(series: ChartSeries, calc: LegendCalc): string {
  const value = calculate(series, calc);
  return Number.isNaN(value) ? '–' : series.format(value);
}

function calculate(series: ChartSeries, calc: LegendCalc): number {
  const { values } = series;
  switch (calc) {
    case 'last':
    case 'lastNotNull': return lastValue(values);
    case 'first': return values.find((value) => !Number.isNaN(value)) ?? Number.NaN;
    case 'mean': return mean(values);
    case 'max': return maximum(values);
    case 'min': return -maximum(values.map((value) => -value));
    case 'sum': return values.reduce((sum, value) => (Number.isNaN(value) ? sum : sum + value), 0);
  }
}
