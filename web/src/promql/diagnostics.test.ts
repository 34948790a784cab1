import { serverDiagnostic } from './diagnostics';

const error = { expr: 'rate(up)', message: 'expected a range', offset: 5, length: 2 };

describe('serverDiagnostic', () => {
  it('marks the characters that the server names', () => {
    expect(serverDiagnostic(error, 'rate(up)')).toEqual({ from: 5, to: 7, severity: 'error', message: 'expected a range' });
  });

  it('says nothing of another text', () => {
    expect(serverDiagnostic(error, 'rate(up[5m])')).toBeUndefined();
    expect(serverDiagnostic(undefined, 'up')).toBeUndefined();
  });

  it('marks the last character where something is missing at the end', () => {
    expect(serverDiagnostic({ ...error, expr: 'sum(up', offset: 6, length: 0 }, 'sum(up')).toMatchObject({ from: 5, to: 6 });
  });
});
