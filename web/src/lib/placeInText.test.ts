import { placeIn } from './placeInText';

describe('placeIn', () => {
  it.each([['sum(x)', 4, 1, 5], ['sum(\n  x)', 7, 2, 3], ['', 0, 1, 1]])('%j at %i is line %i, column %i', (text, offset, line, column) => {
    expect(placeIn(text, offset)).toEqual({ line, column });
  });
});
