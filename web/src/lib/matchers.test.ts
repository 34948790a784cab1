import { formatMatchers, matchesLabels, parseMatchers } from './matchers';

it('reads matchers with and without quotes, braces and commas', () => {
  expect(parseMatchers('{severity="critical", pod=~"a.+" , x!=1 y!~z,}').matchers.map(({ name, value, isRegex, isEqual }) => [name, value, isRegex, isEqual])).toEqual([
    ['severity', 'critical', false, true],
    ['pod', 'a.+', true, true],
    ['x', '1', false, false],
    ['y', 'z', true, false],
  ]);
});

it('keeps what is no matcher as words to look for', () => {
  expect(parseMatchers('HighErrorRate job="a"')).toMatchObject({ words: ['HighErrorRate'], matchers: [{ name: 'job' }] });
});

it.each([
  ['a="b', 'The value of a has no closing quote.'],
  ['a=~"("', '( is no regular expression.'],
])('says what is wrong with %s', (text, error) => {
  expect(parseMatchers(text).error).toBe(error);
});

it('writes what it reads, with quotes inside a value', () => {
  const text = 'a="b \\"c\\" \\\\", d!~"e|f"';
  expect(formatMatchers(parseMatchers(text).matchers)).toBe(text);
});

it.each([
  ['a="b"', true],
  ['a!="b"', false],
  ['a=~"b|c"', true],
  ['a=~"x"', false],
  ['a!~"."', false],
  ['missing=""', true],
  ['missing!=""', false],
])('%s holds for {a="b"}: %s', (text, holds) => {
  expect(matchesLabels(parseMatchers(text).matchers, { a: 'b' })).toBe(holds);
});
