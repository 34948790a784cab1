import { numberField } from '../frames/frame';
import { reduceCells, reduceField, reducerTitle } from './reducers';

describe('reduceField', () => {
  const field = numberField('v', [2, 4, Number.NaN, 4, 8, Number.NaN]);

  it.each([
    ['lastNotNull', 8], ['last', null], ['firstNotNull', 2], ['first', 2], ['mean', 4.5], ['median', 4], ['max', 8], ['min', 2], ['sum', 18], ['count', 6],
    ['range', 6], ['diff', 6], ['diffperc', 3], ['step', 0], ['allIsZero', 0], ['allIsNull', 0], ['changeCount', 2], ['distinctCount', 3], ['nothing', null], ['constructor', null],
  ])('%s is %s', (id, expected) => {
    expect(reduceField(field, id)).toBe(expected);
  });

  it('has no value of nothing, and no zero', () => {
    const empty = numberField('v', [Number.NaN]);
    expect(['mean', 'max', 'min', 'sum', 'range', 'diff', 'lastNotNull'].map((id) => reduceField(empty, id))).toEqual(new Array(7).fill(null));
    expect(reduceField(empty, 'allIsNull')).toBe(1);
  });

  it('counts what a counter grew by over its restarts', () => {
    expect(reduceCells([10, 14, 2, 5], 'delta')).toBe(9);
  });

  it('has a name for the head of a table', () => {
    expect(reducerTitle('lastNotNull')).toBe('Last *');
  });
});
