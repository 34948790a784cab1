/**
 * The part of an error that says what happened: "connection refused" of
 * `Get "http://…": dial tcp …: connect: connection refused`. The whole of it stays under Details.
 */
export function scrapeReason(error: string): string {
  const rest = error.replace(/^Get "[^"]*": /, '');
  return /^(?:dial|read|write) (?:tcp|udp)/.test(rest) ? (rest.split(': ').at(-1) ?? rest) : rest;
}
