import { sortedRows, type TableColumn, visibleRows } from './tableModel';

const column = (keys: readonly (number | string)[]): TableColumn => ({
  key: 'c', title: 'c', align: 'right', cell: (row) => ({ text: String(keys[row]), sort: keys[row] ?? '' }),
});

describe('sortedRows', () => {
  it('sorts numbers as numbers, with missing ones last in both directions', () => {
    const columns = [column([2, Number.NaN, 10, 1])];
    expect(sortedRows(columns, 4, { key: 'c', descending: true })).toEqual([2, 0, 3, 1]);
    expect(sortedRows(columns, 4, { key: 'c', descending: false })).toEqual([3, 0, 2, 1]);
  });

  it('sorts words by the numbers in them', () => {
    expect(sortedRows([column(['cpu10', 'cpu9', ''])], 3, { key: 'c', descending: false })).toEqual([1, 0, 2]);
  });

  it('keeps the order without a sort or with a column that is not there', () => {
    expect(sortedRows([column([3, 1])], 2, undefined)).toEqual([0, 1]);
    expect(sortedRows([column([3, 1])], 2, { key: 'gone', descending: true })).toEqual([0, 1]);
  });
});

describe('visibleRows', () => {
  it('are those of the window and some around it', () => {
    expect(visibleRows(0, 330, 33, 10_000)).toEqual({ first: 0, end: 18 });
    expect(visibleRows(3300, 330, 33, 10_000)).toEqual({ first: 92, end: 118 });
    expect(visibleRows(1e9, 330, 33, 100)).toEqual({ first: 92, end: 100 });
  });
});
