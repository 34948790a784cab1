import { scrapeReason } from './scrapeError';

describe('scrapeReason', () => {
  it.each([
    ['Get "http://a:1/metrics": dial tcp a:1: connect: connection refused', 'connection refused'],
    ['Get "http://a:1/metrics": dial tcp: lookup a: no such host', 'no such host'],
    ['Get "http://a:1/metrics": context deadline exceeded', 'context deadline exceeded'],
    ['server returned HTTP status 500 Internal Server Error', 'server returned HTTP status 500 Internal Server Error'],
    ['expected equal, got "x" while parsing: "a: b"', 'expected equal, got "x" while parsing: "a: b"'],
    ['', ''],
  ])('of %j is %j', (error, reason) => {
    expect(scrapeReason(error)).toBe(reason);
  });
});
