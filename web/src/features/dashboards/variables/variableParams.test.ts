import type { Variable } from '../../../api/dashboards';
import { chosenText, toggledValues, variableQuery, variablesOf, withVariable } from './variableParams';

const variable = (more: Partial<Variable> = {}): Variable => ({
  name: 'pod', type: 'query', hide: 0, multi: true, includeAll: true, isAll: false, options: ['$__all', 'a', 'b', 'c'].map((value) => ({ text: value, value })),
  current: { text: 'a', values: ['a'] }, ...more,
});

describe('variables in the address', () => {
  it('are read as Grafana writes them', () => {
    expect(variablesOf(new URLSearchParams('var-pod=a&var-pod=b&from=now-1h&var-job=All&var-='))).toEqual({ pod: ['a', 'b'], job: ['$__all'] });
  });

  it('never reach what every object has', () => {
    expect(variablesOf(new URLSearchParams('var-constructor=x'))).toEqual({ constructor: ['x'] });
  });

  it('are replaced one by one', () => {
    expect(withVariable(new URLSearchParams('var-pod=a&var-pod=b&to=now'), 'pod', ['c', 'd']).toString()).toBe('to=now&var-pod=c&var-pod=d');
    expect(withVariable(new URLSearchParams(), 'text', []).toString()).toBe('var-text=');
  });

  it('go along with links', () => {
    expect(variableQuery([variable({ current: { text: '', values: ['a b', 'c'] } })])).toBe('var-pod=a+b&var-pod=c');
  });
});

describe('toggledValues', () => {
  it('lets All stand alone, and none mean All', () => {
    expect(toggledValues(variable(), ['$__all'], 'a')).toEqual(['a']);
    expect(toggledValues(variable(), ['a'], 'b')).toEqual(['a', 'b']);
    expect(toggledValues(variable(), ['a', 'b'], '$__all')).toEqual(['$__all']);
    expect(toggledValues(variable(), ['a'], 'a')).toEqual(['$__all']);
    expect(toggledValues(variable({ includeAll: false }), ['a'], 'a')).toEqual([]);
  });
});

describe('chosenText', () => {
  it('counts what All is', () => {
    expect(chosenText(variable({ isAll: true }))).toEqual({ text: 'All', count: 3 });
    expect(chosenText(variable())).toEqual({ text: 'a' });
    expect(chosenText(variable({ current: { text: '', values: ['a', 'b', 'c'] } }))).toEqual({ text: '3 chosen' });
  });
});
