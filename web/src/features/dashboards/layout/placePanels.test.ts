import type { Panel } from '../../../api/dashboards';
import { isRow, placePanels } from './placePanels';

const panel = (key: string, x: number, y: number, w: number, h: number, more: Partial<Panel> = {}): Panel => ({ key, id: 0, type: 'stat', title: key, grid: { x, y, w, h }, ...more });
const row = (key: string, y: number, collapsed: boolean, panels: Panel[] = []): Panel => panel(key, 0, y, 24, 1, { type: 'row', row: { collapsed, panels } });
const places = (panels: Panel[], toggled: string[] = []) => placePanels(panels, new Set(toggled)).map((one) => [one.panel.key, one.x, one.y, one.w, one.h]);

describe('placePanels', () => {
  it('keeps panels where their file puts them', () => {
    expect(places([panel('a', 0, 0, 12, 8), panel('b', 12, 0, 12, 8), panel('c', 0, 8, 24, 6)])).toEqual([['a', 0, 0, 12, 8], ['b', 12, 0, 12, 8], ['c', 0, 8, 24, 6]]);
  });

  it('lets nothing stand over anything else and closes holes', () => {
    expect(places([panel('a', 0, 0, 12, 8), panel('b', 6, 4, 12, 4), panel('c', 0, 40, 6, 2)])).toEqual([['a', 0, 0, 12, 8], ['b', 6, 8, 12, 4], ['c', 0, 8, 6, 2]]);
  });

  it('bounds positions that are none', () => {
    expect(places([panel('a', 30, 0, 90, 1e9)])).toEqual([['a', 0, 0, 24, 100]]);
    expect(places([panel('b', Number.NaN, 0, Number.NaN, 0)])).toEqual([['b', 0, 0, 24, 8]]);
  });

  it('hides the panels of a collapsed row and makes room for them when it opens', () => {
    const panels = [row('r1', 0, true, [panel('in', 0, 1, 12, 8)]), row('r2', 1, false), panel('after', 0, 2, 24, 4)];
    expect(places(panels)).toEqual([['r1', 0, 0, 24, 1], ['r2', 0, 1, 24, 1], ['after', 0, 2, 24, 4]]);
    expect(places(panels, ['r1'])).toEqual([['r1', 0, 0, 24, 1], ['in', 0, 1, 12, 8], ['r2', 0, 9, 24, 1], ['after', 0, 10, 24, 4]]);
  });

  it('closes an open row with the panels that follow it', () => {
    const panels = [row('r1', 0, false), panel('a', 0, 1, 24, 8), row('r2', 9, false), panel('b', 0, 10, 24, 4)];
    expect(places(panels, ['r1'])).toEqual([['r1', 0, 0, 24, 1], ['r2', 0, 1, 24, 1], ['b', 0, 2, 24, 4]]);
    const first = placePanels(panels, new Set(['r1']))[0];
    expect(first !== undefined && isRow(first) ? [first.open, first.count] : undefined).toEqual([false, 1]);
  });
});
