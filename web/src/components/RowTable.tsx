import type { ReactNode } from 'react';
import styles from './RowTable.module.css';

export interface RowColumn<T> {
  readonly head: ReactNode;
  /** Numbers stand at the right, words at the left; heads follow. */
  readonly align?: 'right';
  /** Narrow screens do without it. */
  readonly wideOnly?: boolean;
  render(row: T): ReactNode;
}

interface RowTableProps<T> {
  readonly label: string;
  readonly columns: readonly RowColumn<T>[];
  readonly rows: readonly T[];
  rowKey(row: T): string;
}

/** A plain table: one hairline between rows, none between columns, scrolls inside itself. */
export function RowTable<T>({ label, columns, rows, rowKey }: RowTableProps<T>) {
  return (
    <div className={styles.scroll}>
      <table className={styles.table} aria-label={label}>
        <thead>
          <tr>
            {columns.map((column, index) => (
              <th key={index} scope="col" data-align={column.align} data-wide={column.wideOnly || undefined}>
                {column.head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={rowKey(row)}>
              {columns.map((column, index) => (
                <td key={index} data-align={column.align} data-wide={column.wideOnly || undefined}>
                  {column.render(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
