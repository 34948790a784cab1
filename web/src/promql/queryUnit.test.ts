import { queryUnit } from './queryUnit';

describe('queryUnit', () => {
  it.each([
    ['node_memory_MemFree_bytes', 'bytes'],
    ['sum by (x) (process_resident_memory_bytes)', 'bytes'],
    ['rate(node_network_receive_bytes_total[5m])', 'binBps'],
    ['rate(http_requests_total[5m])', 'ps'],
    ['topk(3, sum by (path) (rate(http_requests_total{a="b"}[5m])))', 'ps'],
    ['increase(http_requests_total[1h])', ''],
    ['rate(a_seconds_sum[5m]) / rate(a_seconds_count[5m])', 's'],
    ['histogram_quantile(0.95, sum by (le) (rate(a_duration_seconds_bucket[5m])))', 's'],
    ['sum(rate(a_total{s="5"}[5m])) / sum(rate(a_total[5m]))', ''],
    ['1 - avg(rate(node_cpu_seconds_total{mode="idle"}[5m]))', ''],
    ['time() - process_start_time_seconds', 's'],
    ['process_start_time_seconds', ''],
    ['max_over_time(scrape_duration_seconds[1h])', 's'],
    ['quantile_over_time(0.9, scrape_duration_seconds[1h])', 's'],
    ['scrape_duration_seconds > 2', 's'],
    ['scrape_duration_seconds > bool 2', ''],
    ['count(process_resident_memory_bytes)', ''],
    ['a_bytes + a_seconds', ''],
    ['up', ''],
    ['sum(', ''],
  ])('%s: "%s"', (expr, unit) => {
    expect(queryUnit(expr)).toBe(unit);
  });
});
