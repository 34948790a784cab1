import { readExplained, readNode, readQueries, readView, withExplained, withNode, withQueries, withView } from './exploreParams';

describe('the address of Metrics', () => {
  it('has a query a parameter, and those that are switched off by their letters', () => {
    expect(readQueries(new URLSearchParams('q=up&q=&q=down&off=B'))).toEqual([{ letter: 'A', expr: 'up', isOn: true }, { letter: 'B', expr: 'down', isOn: false }]);
  });

  it('keeps the range when queries change, and names them anew', () => {
    const next = withQueries(new URLSearchParams('q=old&off=A&from=now-1h'), [{ expr: ' ', isOn: true }, { expr: 'up', isOn: false }, { expr: 'down', isOn: true }]);
    expect(next.toString()).toBe('from=now-1h&q=up&off=A&q=down');
  });

  it('takes no more queries than there are letters', () => {
    const many = new URLSearchParams(Array.from({ length: 40 }, () => ['q', 'up']));
    expect(readQueries(many).at(-1)?.letter).toBe('Z');
  });

  it('says the view only when it is not the usual one', () => {
    expect(withView(new URLSearchParams('q=up'), 'table').toString()).toBe('q=up&view=table');
    expect(withView(new URLSearchParams('view=table'), 'graph').toString()).toBe('');
    expect(readView(new URLSearchParams('view=other'))).toBe('graph');
  });

  it('says which query is explained, and which part of it is open', () => {
    const params = withNode(withExplained(new URLSearchParams('q=up'), 'A'), 3);
    expect(params.toString()).toBe('q=up&explain=A&node=3');
    expect([readExplained(params), readNode(params)]).toEqual(['A', 3]);
    expect(withExplained(params, 'B').toString()).toBe('q=up&explain=B');
    expect(withExplained(params, undefined).toString()).toBe('q=up');
    expect(withQueries(params, [{ expr: 'down', isOn: true }]).toString()).toBe('explain=A&q=down');
  });

  it('takes nothing else for a query or a part', () => {
    expect(readExplained(new URLSearchParams('explain=AB'))).toBeUndefined();
    expect(readNode(new URLSearchParams('node=-1'))).toBeUndefined();
    expect(readNode(new URLSearchParams())).toBeUndefined();
  });
});
