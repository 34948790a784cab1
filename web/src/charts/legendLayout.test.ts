import { automaticLegend, chooseDrawn, colouredKeys, legendKind, legendPlacement, toggleShown } from './legendLayout';
import { testSeries } from './testSeries';

const many = (count: number) => Array.from({ length: count }, (_, i) => testSeries(`s${i}`, [i]));

describe('legendKind', () => {
  it.each([[0, 'none'], [1, 'none'], [2, 'line'], [4, 'line'], [5, 'columns'], [8, 'columns'], [9, 'table'], [412, 'table']] as const)(
    'of %d series is %s', (count, kind) => {
      expect(legendKind(count, automaticLegend)).toBe(kind);
    });

  it('follows a dashboard that hides it, or wants figures', () => {
    expect(legendKind(6, { ...automaticLegend, mode: 'hidden' })).toBe('none');
    expect(legendKind(2, { mode: 'table', placement: 'bottom', calcs: ['max'] })).toBe('table');
    expect(legendKind(1, { mode: 'list', placement: 'bottom', calcs: [] })).toBe('line');
  });
});

describe('legendPlacement', () => {
  it('puts a table right of wide charts only', () => {
    expect(legendPlacement('table', 720, automaticLegend)).toBe('right');
    expect(legendPlacement('table', 640, automaticLegend)).toBe('bottom');
    expect(legendPlacement('columns', 1200, automaticLegend)).toBe('bottom');
    expect(legendPlacement('table', 560, { ...automaticLegend, placement: 'right' })).toBe('bottom');
  });
});

describe('chooseDrawn', () => {
  it('draws the hundred with the highest maxima of 412, in their own order', () => {
    const { series, total } = chooseDrawn(many(412), 100);
    expect(total).toBe(412);
    expect(series.map((s) => s.name)).toEqual(many(412).slice(312).map((s) => s.name));
  });

  it('never draws more than a thousand', () => {
    expect(chooseDrawn(many(1200), 5000).series).toHaveLength(1000);
  });

  it('counts a series without values last', () => {
    expect(chooseDrawn([testSeries('empty', [null]), testSeries('low', [-5])], 1).series.map((s) => s.name)).toEqual(['low']);
  });
});

describe('colouredKeys', () => {
  it('are all up to 24, then the eight highest', () => {
    expect(colouredKeys(many(24)).size).toBe(24);
    expect([...colouredKeys(many(25))].sort()).toEqual(['s17', 's18', 's19', 's20', 's21', 's22', 's23', 's24']);
  });
});

describe('toggleShown', () => {
  const all = ['a', 'b', 'c'];

  it('shows a name alone, and everything on the second click', () => {
    const alone = toggleShown(all, new Set(all), 'b', false);
    expect([...alone]).toEqual(['b']);
    expect([...toggleShown(all, alone, 'b', false)]).toEqual(all);
    expect([...toggleShown(all, alone, 'c', false)]).toEqual(['c']);
  });

  it('takes out and puts back with Ctrl, and never hides everything', () => {
    expect([...toggleShown(all, new Set(all), 'b', true)]).toEqual(['a', 'c']);
    expect([...toggleShown(all, new Set(['a', 'c']), 'b', true)].sort()).toEqual(all);
    expect([...toggleShown(all, new Set(['a']), 'a', true)]).toEqual(all);
  });
});
