import { useMemo } from 'react';
import type { QueryResult } from '../../api/queryBatch';
import { DataTable } from '../../charts/DataTable';
import type { TableColumn } from '../../charts/tableModel';
import { formatValue } from '../../lib/formatValue';
import { instantColumns } from './instantColumns';

/** The values of a query at the end of the range, a row a series, the labels in columns. */
export function InstantTable({ result, unit }: { readonly result: QueryResult; readonly unit: string }) {
  const columns = useMemo((): readonly TableColumn[] => {
    const names = instantColumns(result.series.map(({ labels }) => labels));
    return [
      ...names.map((name): TableColumn => ({
        key: name, title: name === '__name__' ? 'metric' : name, align: 'left',
        cell: (row) => { const text = result.series[row]?.labels[name] ?? ''; return { text, sort: text }; },
      })),
      {
        key: 'Value', title: 'Value', align: 'right', minWidth: 90,
        cell: (row) => { const value = result.series[row]?.values[0] ?? Number.NaN; return { text: formatValue(value, unit, { full: true }), sort: value }; },
      },
    ];
  }, [result, unit]);
  return <DataTable title={`Values of ${result.id}`} columns={columns} rows={result.series.length} initialSort={{ key: 'Value', descending: true }} />;
}
