import { flagOf, listOf, numberOf, objectOf, oneOf, optional, textOf, textsOf } from './readUnknown';

describe('what somebody else wrote', () => {
  it('counts as absent when it has another type', () => {
    expect([objectOf(null), objectOf([1]), objectOf('x')]).toEqual([{}, {}, {}]);
    expect([listOf({}), textsOf(['a', 1]), textOf(1), flagOf('true')]).toEqual([[], ['a'], undefined, false]);
    expect(oneOf('c', ['a', 'b'])).toBeUndefined();
  });

  it('may write numbers as texts', () => {
    expect([numberOf('1.5'), numberOf(2), numberOf(''), numberOf('x'), numberOf(Infinity), numberOf(null)]).toEqual([1.5, 2, undefined, undefined, undefined, undefined]);
  });

  it('leaves no key behind when it is absent', () => {
    expect([optional('a', undefined), optional('a', 0)]).toEqual([{}, { a: 0 }]);
  });
});
