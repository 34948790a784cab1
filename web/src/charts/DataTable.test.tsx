import { render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { DataTable } from './DataTable';
import type { TableCell, TableColumn } from './tableModel';

const column = (key: string, cells: readonly (Partial<TableCell> & { sort: number | string })[], align: TableColumn['align'] = 'right'): TableColumn => ({
  key, title: key, align, cell: (row) => ({ text: String(cells[row]?.sort ?? ''), sort: '', ...cells[row] }),
});
const firstCells = () => screen.getAllByRole('row').slice(1).map((row) => within(row).getAllByRole('cell')[0]?.textContent);

describe('DataTable', () => {
  it('is sorted by its heads, numbers from the highest, and says so', async () => {
    render(<DataTable title="Pods" rows={3} columns={[column('cpu', [{ sort: 1 }, { sort: 10 }, { sort: 2 }])]} />);
    await userEvent.click(screen.getByRole('button', { name: 'cpu' }));
    expect(firstCells()).toEqual(['10', '2', '1']);
    expect(screen.getByRole('columnheader')).toHaveAttribute('aria-sort', 'descending');
    await userEvent.click(screen.getByRole('button', { name: 'cpu ↓' }));
    expect(firstCells()).toEqual(['1', '2', '10']);
  });

  it('draws only the rows in the window once there are more than 200', () => {
    const many = Array.from({ length: 5000 }, (_, i) => ({ sort: i }));
    render(<DataTable title="Pods" rows={5000} columns={[column('cpu', many)]} />);
    expect(screen.getAllByRole('cell').length).toBeLessThan(60);
    expect(screen.getByRole('table')).toHaveAttribute('aria-rowcount', '5001');
  });

  it('follows links that lead to pages and no others', () => {
    render(<DataTable title="Pods" rows={2} columns={[column('pod', [{ sort: 'a', href: '/d/x' }, { sort: 'b', href: 'javascript:alert(1)' }], 'left')]} />);
    expect(screen.getAllByRole('link').map((link) => link.getAttribute('href'))).toEqual(['/d/x']);
  });

  it('says when there is nothing', () => {
    render(<DataTable title="Pods" rows={0} columns={[column('pod', [])]} />);
    expect(screen.getByText('No data')).toBeInTheDocument();
  });
});
