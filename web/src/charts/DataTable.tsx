import { useMemo, useState, type CSSProperties, type UIEvent } from 'react';
import styles from './DataTable.module.css';
import { isSafeLink } from './safeLink';
import { Spark } from './Spark';
import { sortedRows, type TableCell, type TableColumn, type TableSort, visibleRows } from './tableModel';

interface DataTableProps {
  readonly title: string;
  readonly columns: readonly TableColumn[];
  readonly rows: number;
  readonly initialSort?: TableSort;
  readonly headless?: boolean;
}

const rowHeight = 33;
const drawnWhole = 200;

/** A table that is sorted by its heads. Beyond 200 rows only those in the window are in the page. */
export function DataTable({ title, columns, rows, initialSort, headless = false }: DataTableProps) {
  const [chosen, setChosen] = useState<TableSort | undefined>();
  const [window, setWindow] = useState({ scroll: 0, height: 600 });
  const sort = chosen ?? initialSort;
  const order = useMemo(() => sortedRows(columns, rows, sort), [columns, rows, sort]);
  const virtual = rows > drawnWhole;
  const { first, end } = virtual ? visibleRows(window.scroll, window.height, rowHeight, rows) : { first: 0, end: rows };

  const onScroll = (event: UIEvent<HTMLDivElement>) => {
    if (virtual) {
      setWindow({ scroll: event.currentTarget.scrollTop, height: event.currentTarget.clientHeight });
    }
  };
  if (columns.length === 0 || rows === 0) {
    return <div className={styles.empty}>No data</div>;
  }
  return (
    <div className={styles.scroll} onScroll={onScroll} tabIndex={0} role="region" aria-label={title}>
      <table className={styles.table} aria-rowcount={rows + 1}>
        <thead hidden={headless}>
          <tr>
            {columns.map((column) => (
              <th key={column.key} scope="col" data-align={column.align} style={widthOf(column)} aria-sort={ariaSort(column, sort)}>
                <button type="button" onClick={() => { setChosen(nextSort(column, sort)); }}>
                  {column.title}{sort?.key === column.key ? (sort.descending ? ' ↓' : ' ↑') : ''}
                </button>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {first > 0 && <Spacer rows={first} columns={columns.length} />}
          {order.slice(first, end).map((row) => (
            <tr key={row}>{columns.map((column) => <Cell key={column.key} cell={column.cell(row)} align={column.align} />)}</tr>
          ))}
          {end < rows && <Spacer rows={rows - end} columns={columns.length} />}
        </tbody>
      </table>
    </div>
  );
}

function Spacer({ rows, columns }: { readonly rows: number; readonly columns: number }) {
  return <tr className={styles.spacer} aria-hidden><td colSpan={columns} style={{ height: rows * rowHeight }} /></tr>;
}

function Cell({ cell, align }: { readonly cell: TableCell; readonly align: TableColumn['align'] }) {
  const style: CSSProperties = {
    ...(cell.color === undefined ? {} : { color: cell.color }), ...(cell.background === undefined ? {} : { background: cell.background }),
  };
  if (cell.spark !== undefined) {
    return <td data-align="left"><Spark values={cell.spark.values} color={cell.spark.color} width={140} height={20} /></td>;
  }
  const text = cell.href !== undefined && isSafeLink(cell.href) ? <a href={cell.href}>{cell.text}</a> : <span title={cell.text}>{cell.text}</span>;
  if (cell.bar !== undefined) {
    return (
      <td data-align={align}>
        <span className={styles.barred}>
          <span className={styles.bar}><span className={styles.fill} style={{ width: `${cell.bar.share * 100}%`, background: cell.bar.color }} /></span>
          {cell.text}
        </span>
      </td>
    );
  }
  return <td data-align={align} style={style}>{text}</td>;
}

function widthOf(column: TableColumn): CSSProperties {
  return { ...(column.width === undefined ? {} : { width: column.width }), ...(column.minWidth === undefined ? {} : { minWidth: column.minWidth }) };
}

function ariaSort(column: TableColumn, sort: TableSort | undefined): 'ascending' | 'descending' | 'none' {
  return sort?.key !== column.key ? 'none' : sort.descending ? 'descending' : 'ascending';
}

/** Numbers begin with the highest, words with the first. */
function nextSort(column: TableColumn, sort: TableSort | undefined): TableSort {
  return sort?.key === column.key ? { key: column.key, descending: !sort.descending } : { key: column.key, descending: column.align === 'right' };
}
