import type { ActiveTarget } from '../../api/targets';

export function target(pool: string, instance: string, more: Partial<ActiveTarget> = {}): ActiveTarget {
  return {
    discoveredLabels: { __address__: instance, job: pool }, labels: { instance, job: pool }, scrapePool: pool, scrapeUrl: `http://${instance}/metrics`, lastError: '',
    lastScrape: '2026-11-20T10:00:00Z', lastScrapeDuration: 0.02, health: 'up', scrapeInterval: '15s', scrapeTimeout: '10s', ...more,
  };
}
