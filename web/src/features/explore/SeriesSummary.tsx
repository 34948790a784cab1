import { useMemo, useState } from 'react';
import { Spark } from '../../charts/Spark';
import { Panel } from '../../components/Panel';
import { onlyDifferingLabel } from '../../lib/differingLabel';
import { formatValue, makeScale } from '../../lib/formatValue';
import { plural } from '../../lib/plural';
import { figuresOf, type FigureName, type Line, type LineFigures, sortLines } from './chartSeries';
import styles from './SeriesSummary.module.css';

interface SeriesSummaryProps {
  readonly lines: readonly Line[];
  /** Keys of the lines that are drawn. */
  readonly shown: ReadonlySet<string>;
  readonly unit: string;
  /** The name of the range, over the sparks. */
  readonly range: string;
  onToggle(key: string, withControl: boolean): void;
}

const rowsAtFirst = 50;
const columns: readonly { readonly by: FigureName; readonly title: string }[] = [
  { by: 'now', title: 'Now' }, { by: 'min', title: 'Min' }, { by: 'mean', title: 'Mean' }, { by: 'max', title: 'Max' },
];

/** Every line in figures: the legend of the graph. A click on a name draws it alone, with Ctrl it is taken out or put back. */
export function SeriesSummary({ lines, shown, unit, range, onToggle }: SeriesSummaryProps) {
  const [sort, setSort] = useState<{ by: FigureName; descending: boolean }>({ by: 'now', descending: true });
  const [all, setAll] = useState(false);
  const rows = useMemo(() => lines.map((line) => ({ line, figures: figuresOf(line.chart.values) })), [lines]);
  const sorted = useMemo(() => sortLines(rows, sort.by, sort.descending), [rows, sort]);
  const label = useMemo(() => (lines.length > 1 ? onlyDifferingLabel(lines.map(({ labels }) => labels)) : undefined), [lines]);
  const scale = useMemo(() => columnScale(rows.map(({ figures }) => figures), unit), [rows, unit]);
  const listed = all ? sorted : sorted.slice(0, rowsAtFirst);
  const head = (by: FigureName, title: string, align?: 'right') => (
    <th key={by} scope="col" data-align={align} aria-sort={sort.by !== by ? 'none' : sort.descending ? 'descending' : 'ascending'}>
      <button type="button" onClick={() => setSort({ by, descending: sort.by === by ? !sort.descending : by !== 'name' })}>
        {title}
        {sort.by === by ? (sort.descending ? ' ↓' : ' ↑') : ''}
      </button>
    </th>
  );
  return (
    <Panel flush className={styles.panel}>
      <div className={styles.scroll}>
        <table className={styles.table} aria-label="The lines of the graph">
          <thead>
            <tr>
              {head('name', label ?? 'Series')}
              {columns.map(({ by, title }) => head(by, title, 'right'))}
              <th scope="col" className={styles.spark}>{range}</th>
            </tr>
          </thead>
          <tbody>
            {listed.map(({ line, figures }) => (
              <tr key={line.chart.key} data-off={!shown.has(line.chart.key) || undefined}>
                <td>
                  <button type="button" className={styles.name} aria-pressed={shown.has(line.chart.key)} title={line.chart.name} onClick={(event) => onToggle(line.chart.key, event.ctrlKey || event.metaKey)}>
                    <span className={styles.swatch} style={{ background: line.chart.color }} aria-hidden />
                    <code>{line.chart.name}</code>
                  </button>
                </td>
                {columns.map(({ by }) => (
                  <td key={by} data-align="right" data-by={by} title={String(figures[by as keyof typeof figures])}>
                    {by === 'name' || Number.isNaN(figures[by]) ? '–' : figureText(figures[by], scale, unit)}
                  </td>
                ))}
                <td className={styles.spark}>
                  <Spark values={line.chart.values} color={line.chart.color} width={116} height={20} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {sorted.length > listed.length && (
        <p className={styles.more}>
          {`First ${listed.length} of ${plural(sorted.length, 'line')}. `}
          <button type="button" onClick={() => setAll(true)}>Show all</button>
        </p>
      )}
    </Panel>
  );
}

/** One unit and equal decimals for all figures, so that they can be compared by looking: three digits of the greatest. */
function columnScale(all: readonly LineFigures[], unit: string): ReturnType<typeof makeScale> {
  const figures = all.flatMap(({ now, min, mean, max }) => [now, min, mean, max]).filter(Number.isFinite);
  const largest = figures.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const isWhole = unit === '' && largest < 10_000 && figures.every(Number.isInteger);
  return makeScale(unit, largest, isWhole || largest === 0 ? 1 : 10 ** (Math.floor(Math.log10(largest)) - 2));
}

/** What has no digit left on the scale of its column is told in its own size. */
function figureText(value: number, scale: ReturnType<typeof makeScale>, unit: string): string {
  const text = scale.format(value);
  return value !== 0 && !/[1-9∞]/.test(text) ? formatValue(value, unit) : text;
}
