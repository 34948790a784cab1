import { useMemo } from 'react';
import type { QueryResult } from '../../api/queryBatch';
import { DataTable } from '../../charts/DataTable';
import type { TableColumn } from '../../charts/tableModel';
import { formatValue } from '../../lib/formatValue';
import { instantColumns } from './instantColumns';

/** The values of a query at the end of the range, a row a series, the labels in columns. */
export function InstantTable({ result, unit }: { readonly result: QueryResult; readonly unit: string }) {
  const columns = useMemo((): readonly TableColumn[] => {
    const { telling, common } = instantColumns(result.series.map(({ labels }) => labels));
    const label = (name: string): TableColumn => ({
      key: name, title: name === '__name__' ? 'metric' : name, align: 'left',
      cell: (row) => { const text = result.series[row]?.labels[name] ?? ''; return { text, sort: text }; },
    });
    const value: TableColumn = {
      key: 'Value', title: 'Value', align: 'right', minWidth: 90,
      cell: (row) => { const number = valueOf(result, row); return { text: formatValue(number, unit, { full: true }), sort: number ?? Number.NaN }; },
    };
    return [...telling.map(label), value, ...common.map(label)];
  }, [result, unit]);
  return <DataTable title={`Values of ${result.id}`} columns={columns} rows={result.series.length} initialSort={{ key: 'Value', descending: true }} />;
}

/** NaN for a value that is no number, undefined for none. */
function valueOf(result: QueryResult, row: number): number | undefined {
  return result.series[row]?.values[0];
}
