import { placeTooltip, type TooltipEntry, tooltipRows } from './tooltipRows';

const entry = (name: string, value: number): TooltipEntry => ({ key: name, name, value, color: '', text: String(value) });

describe('tooltipRows', () => {
  it('sorts by value and names the series nearest to the pointer', () => {
    const { rows, nearest, more } = tooltipRows([entry('low', 1), entry('high', 9), entry('middle', 5)], 5.4);
    expect(rows.map((row) => row.name)).toEqual(['high', 'middle', 'low']);
    expect(nearest).toBe('middle');
    expect(more).toBe(0);
  });

  it('shows the nearest ten of many and counts the rest', () => {
    const { rows, more } = tooltipRows(Array.from({ length: 44 }, (_, i) => entry(`s${i}`, i)), 20.2);
    expect(rows.map((row) => row.value)).toEqual([25, 24, 23, 22, 21, 20, 19, 18, 17, 16]);
    expect(more).toBe(34);
  });

  it('leaves out what has no value there', () => {
    expect(tooltipRows([entry('gone', Number.NaN), entry('here', 0)], 0).rows.map((row) => row.name)).toEqual(['here']);
    expect(tooltipRows([entry('gone', Number.NaN)], 0)).toEqual({ rows: [], more: 0 });
  });

  it('begins with the lowest where the panel wants it', () => {
    expect(tooltipRows([entry('a', 1), entry('b', 2)], 0, true).rows.map((row) => row.name)).toEqual(['a', 'b']);
  });

  it('without a pointer takes the highest for the nearest', () => {
    expect(tooltipRows([entry('a', 1), entry('b', 2)], Number.NaN).nearest).toBe('b');
  });
});

describe('placeTooltip', () => {
  const size = { width: 200, height: 120 };
  const view = { width: 1000, height: 600 };

  it('stands on the roomier side of the crosshair and never over it', () => {
    expect(placeTooltip(300, 100, size, view)).toEqual({ left: 314, top: 100 });
    expect(placeTooltip(700, 100, size, view)).toEqual({ left: 486, top: 100 });
  });

  it('never leaves the window', () => {
    expect(placeTooltip(20, 560, size, view).top).toBe(472);
    expect(placeTooltip(150, 0, { width: 380, height: 100 }, { width: 390, height: 800 }).left).toBe(8);
  });
});
