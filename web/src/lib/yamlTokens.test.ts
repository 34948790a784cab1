import { yamlTokens } from './yamlTokens';

const kinds = (line: string): readonly string[] => yamlTokens(line).map((token) => `${token.kind}|${token.text}`);

it.each([
  ['  - job_name: flask-app', ['plain|  - ', 'key|job_name', 'plain|:', 'plain| flask-app']],
  ['scrape_interval: 15s # often', ['key|scrape_interval', 'plain|:', 'number| 15s', 'comment| # often']],
  ['url: "http://x/#y"', ['key|url', 'plain|:', 'plain| ', 'string|"http://x/#y"']],
  ['# alone', ['comment|# alone']],
  ['- 127.0.0.1:9090', ['plain|- 127.0.0.1:9090']],
  ['', []],
])('%s', (line, expected) => {
  expect(kinds(line)).toEqual(expected);
});

it('loses nothing', () => {
  for (const line of ["a: 'it''s' # x", '{ a: 1, b: "2" }', "  regex: '(.+)#'", 'x: "unclosed # y']) {
    expect(yamlTokens(line).map((token) => token.text).join('')).toBe(line);
  }
});
