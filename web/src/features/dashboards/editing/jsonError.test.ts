import { jsonError } from './jsonError';

describe('jsonError', () => {
  it.each(['{}', '[]', ' {"a": [1, -2.5e3, true, null, {"b": "\\u00e9\\n"}]} ', '"x"', '0'])('finds nothing in %s', (text) => {
    expect(jsonError(text)).toBeUndefined();
    JSON.parse(text);
  });

  it.each([
    ['', 0, 'a value'], ['{"a": }', 6, 'a value'], ['{"a" 1}', 5, 'a colon'], ['{"a": 1,}', 8, 'a name in quotes'], ['[1 2]', 3, 'a comma or the end'],
    ['[1,]', 3, 'a value'], ['{} x', 3, 'nothing more'], ['[1}', 2, 'a comma or the end'], ['{a: 1}', 1, 'a name in quotes or }'], ['["a\nb"]', 1, 'a value or ]'],
  ])('finds what is wrong in %j', (text, offset, expected) => {
    expect(jsonError(text)).toEqual({ offset, expected });
    expect(() => JSON.parse(text) as unknown).toThrow();
  });
});
