import { useMemo } from 'react';
import { formatDateTime } from '../lib/formatTime';
import { DataTable } from './DataTable';
import { unionOfTimes } from './alignment';
import { type ChartSeries } from './seriesModel';
import type { TableColumn } from './tableModel';
import styles from './TimeSeriesChart.module.css';
import { valueAt } from './timeSeriesPlot';

interface SeriesTableProps {
  readonly title: string;
  readonly series: readonly ChartSeries[];
  readonly zone: string;
  readonly onClose: () => void;
}

/** The data of a chart as a table: a row a time, the newest first. */
export function SeriesTable({ title, series, zone, onClose }: SeriesTableProps) {
  const { times, columns } = useMemo(() => {
    const all = unionOfTimes(series);
    const time: TableColumn = {
      key: 'time', title: 'time', align: 'left', cell: (row) => ({ text: formatDateTime(all[row] ?? 0, zone), sort: all[row] ?? 0 }),
    };
    const values = series.map((s): TableColumn => ({
      key: s.key, title: s.name, align: 'right',
      cell: (row) => {
        const value = valueAt(s, all[row] ?? 0);
        return { text: Number.isNaN(value) ? '–' : s.format(value), sort: value };
      },
    }));
    return { times: all, columns: [time, ...values] };
  }, [series, zone]);
  return (
    <div className={styles.chart} data-placement="bottom">
      <button type="button" className={styles.close} onClick={onClose} autoFocus>Show the graph</button>
      <div className={styles.table}>
        <DataTable title={`${title}, as a table`} columns={columns} rows={times.length} initialSort={{ key: 'time', descending: true }} />
      </div>
    </div>
  );
}
