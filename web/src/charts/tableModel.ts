/** What one cell of a table says. */
export interface TableCell {
  readonly text: string;
  /** What is sorted by; a text when there is no number. */
  readonly sort: number | string;
  readonly color?: string;
  readonly background?: string;
  /** 0 – 1: a bar behind the text. */
  readonly bar?: { readonly share: number; readonly color: string };
  readonly spark?: { readonly values: Float64Array; readonly color: string };
  /** http, https, or an address of Pharos; anything else is not followed. */
  readonly href?: string;
}

export interface TableColumn {
  readonly key: string;
  readonly title: string;
  readonly align: 'left' | 'right' | 'center';
  /** CSS pixels. */
  readonly width?: number;
  readonly minWidth?: number;
  readonly cell: (row: number) => TableCell;
}

export interface TableSort {
  readonly key: string;
  readonly descending: boolean;
}

/** Row numbers in the order of a column; rows without a value stand last in both directions. */
export function sortedRows(columns: readonly TableColumn[], rows: number, sort: TableSort | undefined): number[] {
  const order = Array.from({ length: rows }, (_, i) => i);
  const column = columns.find((c) => c.key === sort?.key);
  if (column === undefined || sort === undefined) {
    return order;
  }
  const keys = order.map((row) => column.cell(row).sort);
  const sign = sort.descending ? -1 : 1;
  return order.sort((a, b) => compare(keys[a], keys[b], sign) || a - b);
}

function compare(a: number | string | undefined, b: number | string | undefined, sign: number): number {
  const noA = a === undefined || a === '' || Number.isNaN(a);
  const noB = b === undefined || b === '' || Number.isNaN(b);
  if (noA || noB) {
    return Number(noA) - Number(noB);
  }
  if (typeof a === 'number' && typeof b === 'number') {
    return sign * (a - b);
  }
  return sign * String(a).localeCompare(String(b), 'en', { numeric: true });
}

/** The rows that a window of `height` at `scroll` shows, with some above and below. */
export function visibleRows(scroll: number, height: number, rowHeight: number, rows: number): { first: number; end: number } {
  const margin = 8;
  const first = Math.max(0, Math.min(rows, Math.floor(scroll / rowHeight)) - margin);
  const end = Math.min(rows, Math.ceil((scroll + height) / rowHeight) + margin);
  return { first, end };
}
