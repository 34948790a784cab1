import { useState } from 'react';
import type { ResultHistogram, ResultSeries } from '../../../api/queryBatch';
import { formatCount } from '../../../lib/formatNumber';
import { formatValue } from '../../../lib/formatValue';
import { plural } from '../../../lib/plural';
import { barsOf, boundsText, countText, meanOf } from './histogramBars';
import styles from './HistogramTable.module.css';

interface HistogramTableProps {
  /** The name of the table. */
  readonly title: string;
  readonly series: readonly ResultSeries[];
  /** Of what is observed. */
  readonly unit: string;
}

interface HistogramSeries {
  readonly name: string;
  readonly histogram: ResultHistogram;
}

const rowsAtFirst = 50;
const drawing = { width: 132, height: 22 };

/** The newest histogram of each series: how many observations, their sum and mean, and the buckets as bars. A click on a name lists them. */
export function HistogramTable({ title, series, unit }: HistogramTableProps) {
  const [opened, setOpened] = useState<string | undefined>();
  const [isWhole, setIsWhole] = useState(false);
  const rows = series.flatMap(({ labels, name, histogram }): HistogramSeries[] => (histogram === undefined ? [] : [{ name: name === '' ? nameOf(labels) : name, histogram }]));
  const shown = isWhole ? rows : rows.slice(0, rowsAtFirst);
  return (
    <div className={styles.scroll}>
      <table className={styles.table} aria-label={title}>
        <thead>
          <tr>
            <th scope="col">Series</th>
            <th scope="col" data-align="right">Observations</th>
            <th scope="col" data-align="right">Sum</th>
            <th scope="col" data-align="right">Mean</th>
            <th scope="col">Buckets</th>
          </tr>
        </thead>
        <tbody>
          {shown.map(({ name, histogram }, index) => {
            const key = `${index} ${name}`;
            return <HistogramRow key={key} name={name} histogram={histogram} unit={unit} isOpen={opened === key} onToggle={() => setOpened(opened === key ? undefined : key)} />;
          })}
        </tbody>
      </table>
      {shown.length < rows.length && (
        <p className={styles.more}>
          {`First ${shown.length} of ${plural(rows.length, 'histogram')}. `}
          <button type="button" onClick={() => setIsWhole(true)}>Show all</button>
        </p>
      )}
    </div>
  );
}

interface HistogramRowProps extends HistogramSeries {
  readonly unit: string;
  readonly isOpen: boolean;
  onToggle(): void;
}

function HistogramRow({ name, histogram, unit, isOpen, onToggle }: HistogramRowProps) {
  const { buckets, count, sum, limited } = histogram;
  return (
    <>
      <tr>
        <td>
          <button type="button" className={styles.name} aria-expanded={isOpen} title={name} onClick={onToggle}><code>{name}</code></button>
        </td>
        <td data-align="right" title={String(count)}>{countText(count)}</td>
        <td data-align="right" title={String(sum)}>{formatValue(sum, unit)}</td>
        <td data-align="right">{count === 0 ? '–' : formatValue(meanOf(histogram), unit)}</td>
        <td>
          <svg {...drawing} viewBox={`0 0 ${drawing.width} ${drawing.height}`} className={styles.bars} role="img" aria-label={sentenceOf(histogram, unit)}>
            <title>{sentenceOf(histogram, unit)}</title>
            {barsOf(buckets, drawing.width, drawing.height).map((bar) => <rect key={bar.x} x={bar.x} y={drawing.height - bar.height} width={bar.width} height={bar.height} />)}
          </svg>
        </td>
      </tr>
      {isOpen && (
        <tr className={styles.opened}>
          <td colSpan={5}>
            <ul className={styles.buckets}>
              {buckets.map((bucket) => <li key={bucket.lower}><code>{boundsText(bucket, unit)}</code> {countText(bucket.count)}</li>)}
            </ul>
            {buckets.length === 0 && <p>Nothing was observed.</p>}
            {limited !== undefined && <p>{`The first ${formatCount(limited.shown)} of ${formatCount(limited.total)} buckets that are not empty.`}</p>}
          </td>
        </tr>
      )}
    </>
  );
}

function sentenceOf({ buckets }: ResultHistogram, unit: string): string {
  const [lowest, highest] = [buckets[0], buckets.at(-1)];
  return lowest === undefined || highest === undefined ? 'Nothing was observed'
    : `${plural(buckets.length, 'bucket')} from ${formatValue(lowest.lower, unit)} to ${formatValue(highest.upper, unit)}`;
}

function nameOf(labels: Readonly<Record<string, string>>): string {
  const { __name__: metric = '', ...rest } = labels;
  const pairs = Object.entries(rest).map(([label, value]) => `${label}=${JSON.stringify(value)}`);
  return pairs.length === 0 && metric !== '' ? metric : `${metric}{${pairs.join(', ')}}`;
}
