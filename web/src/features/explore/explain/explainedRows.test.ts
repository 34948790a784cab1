import { explainedRows, kindWord, rowFacts } from './explainedRows';
import { omit } from '../../../lib/omit';
import { explanation, node } from './testExplanation';

describe('explainedRows', () => {
  it('tells what came into a part, operand by operand', () => {
    const rows = explainedRows(explanation([node(0, '/'), node(1, 'a', { parent: 0, depth: 1, series: 14 }), node(2, 'b', { parent: 0, depth: 1, series: 96 }), node(3, '5', { parent: 0, depth: 1, kind: 'number' })]));
    expect(rows.map(({ seriesIn }) => seriesIn)).toEqual([[14, 96, 1], [], [], []]);
    expect(explainedRows(explanation([node(0, '+'), omit(node(1, '5', { parent: 0 }), 'series')]))[0]?.seriesIn).toEqual([]);
  });

  it('shows what was computed once once, and says where it is used again', () => {
    const rows = explainedRows(explanation([
      node(0, '/'), node(1, 'sum', { parent: 0, depth: 1 }), node(2, 'up', { parent: 1, depth: 2 }),
      node(3, 'sum', { parent: 0, depth: 1, sameAs: 1 }), node(4, 'up', { parent: 3, depth: 2, sameAs: 2 }), node(5, 'x', { parent: 4, depth: 3 }),
    ]));
    expect(rows.map(({ node: { id } }) => id)).toEqual([0, 1, 2, 3]);
    expect(rows[1]?.uses).toBe(2);
    expect(rows[3]?.same?.id).toBe(1);
    expect(rows.map((row) => rowFacts(row).join(' · '))).toEqual([
      'function', 'function · computed once, used twice', 'function · computed once, used twice', 'function · the same as above, computed once',
    ]);
  });

  it('marks what took the most time by itself, and measures times against the whole', () => {
    const rows = explainedRows(explanation([node(0, 'sum', { selfMs: 2, totalMs: 40 }), node(1, 'up', { parent: 0, depth: 1, selfMs: 38, totalMs: 38 })]));
    expect(rows.map(({ isHottest, selfShare, totalShare }) => [isHottest, selfShare, totalShare])).toEqual([[false, 0.05, 1], [true, 0.95, 0.95]]);
    expect(explainedRows(explanation([node(0, 'up', { selfMs: 0.2, totalMs: 0.2 })]))[0]?.isHottest).toBe(false);
    expect(explainedRows(explanation([node(0, 'up', { selfMs: 0, totalMs: 0 })]))[0]).toMatchObject({ selfShare: 0, totalShare: 0 });
  });

  it('says what else is true of a part', () => {
    const [row] = explainedRows(explanation([node(0, 'up', { kind: 'selector', once: true, dropped: 3, unread: 12 })]));
    expect(row === undefined ? [] : rowFacts(row)).toEqual(['selector', 'the same at every step', '3 without a value', '12 not looked at']);
    expect([kindWord('rangeSelector'), kindWord('newKind'), kindWord('toString')]).toEqual(['range selector', 'newKind', 'toString']);
  });
});
