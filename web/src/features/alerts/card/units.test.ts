import { oneLine, operatorSign, unitOfCondition, unitOfExpr } from './units';

it.each([
  ['sum by (job) (rate(http_requests_total{status=~"5.."}[5m]))', 'suffix:/s'],
  ['histogram_quantile(0.95, sum by (le) (rate(http_request_duration_seconds_bucket[5m])))', 's'],
  ['job:http_request_duration_seconds:p95_1m', 's'],
  ['job:http_errors:ratio_rate1m', 'percentunit'],
  ['process_resident_memory_bytes', 'bytes'],
  ['rate(node_network_receive_bytes_total[1m])', 'Bps'],
  ['node_cpu_percent', 'percent'],
  ['up{path="_seconds"}', undefined],
])('%s is %s', (expr, unit) => {
  expect(unitOfExpr(expr)).toBe(unit);
});

it('a count divided by a like count is a share where the limit is at most one', () => {
  const operands = { left: 'rate(e[5m])', operator: '/', right: 'rate(a[5m])' };
  expect(unitOfCondition({ left: 'x', operator: '>', limit: 0.1, operands })).toBe('percentunit');
  expect(unitOfCondition({ left: 'x', operator: '>', limit: 3, operands })).toBeUndefined();
  expect(unitOfCondition({ left: 'x', operator: '>', limit: 0.1, operands: { ...operands, right: 'b_bytes' } })).toBeUndefined();
});

it('operators and expressions as they are read', () => {
  expect([operatorSign('/'), operatorSign('>='), operatorSign('>')]).toEqual(['÷', '≥', '>']);
  expect(oneLine(' a\n  / b ')).toBe('a / b');
});
