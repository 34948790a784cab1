import { explainError } from './explainError';

const at = (expr: string, text: string) => ({ offset: expr.indexOf(text), length: text.length });

describe('explainError', () => {
  it('says that a rate needs a range, and where to put it', () => {
    const expr = 'sum by (path) (rate(http_requests_total{app="x"}))';
    const told = explainError(expr, at(expr, 'http_requests_total{app="x"}'));
    expect(told?.sentence).toBe('rate needs a range, such as [5m].');
    const fix = told?.fix;
    expect(fix === undefined ? '' : expr.slice(0, fix.from) + fix.insert + expr.slice(fix.to)).toBe('sum by (path) (rate(http_requests_total{app="x"}[5m]))');
  });

  it('leaves functions of values alone', () => {
    expect(explainError('abs(up)', { offset: 4, length: 2 })).toBeUndefined();
  });

  it('counts brackets that are open, but none in texts', () => {
    expect(explainError('sum(rate(up{a="("}[5m]', { offset: 22, length: 0 })).toMatchObject({ sentence: '2 brackets are not closed.', fix: { insert: '))', from: 22 } });
    expect(explainError('sum(up))', { offset: 7, length: 1 })).toBeUndefined();
  });
});
