import type { Alert, AlertCardAnswer, AlertGroup, AlertsAnswer } from '../../api/alerts';
import type { Silence } from '../../api/silences';

/** The morning of the pictures, for tests: 2026-11-20 11:24:30 UTC. */
export const now = Date.UTC(2026, 10, 20, 11, 24, 30);
export const clock = (text: string): number => Date.parse(`2026-11-20T${text}Z`);

export function alertOf(name: string, more: Partial<Alert> = {}): Alert {
  return {
    fingerprint: `f-${name}`, name, labels: { alertname: name, severity: more.severity ?? 'critical', ...more.labels }, annotations: {}, sentence: `${name} is wrong`,
    state: 'firing', severity: 'critical', since: clock('11:10:00'), firingSince: clock('11:15:00'), receivers: ['incidents'], ...more,
  };
}

export function groupOf(alerts: readonly Alert[], more: Partial<AlertGroup> = {}): AlertGroup {
  return { receiver: 'incidents', integrations: ['slack'], channel: '#incidents', labels: { alertname: alerts[0]?.name ?? '', severity: 'critical' }, routeId: 'r', state: 'sent', sentAt: clock('11:15:30'), alerts, ...more };
}

export const high = alertOf('HighErrorRate', { fingerprint: 'a1', labels: { alertname: 'HighErrorRate', app: 'endpoint-stats', pod: 'x2lkq', severity: 'critical' } });
export const high2 = alertOf('HighErrorRate', { fingerprint: 'a2', labels: { alertname: 'HighErrorRate', app: 'endpoint-stats', pod: 'm8wzt', severity: 'critical' } });
export const down = alertOf('FlaskAppDown', { fingerprint: 'a3', labels: { alertname: 'FlaskAppDown', app: 'flask-app', severity: 'critical' }, firingSince: clock('11:10:30') });
export const slow = alertOf('SlowResponseTime', {
  fingerprint: 'a4', state: 'pending', severity: 'warning', labels: { alertname: 'SlowResponseTime', severity: 'warning' }, receivers: ['monitoring'], since: clock('11:20:30'), firesAt: clock('11:30:30'),
});
export const stuck = alertOf('JenkinsQueueStuck', { fingerprint: 'a5', state: 'silenced', severity: 'warning', labels: { alertname: 'JenkinsQueueStuck', severity: 'warning' }, silencedBy: ['s1'] });
export const redis = alertOf('RedisMemoryHigh', { fingerprint: 'a6', state: 'resolved', resolvedAt: clock('10:31:00') });

export const answer: AlertsAnswer = {
  counts: { firing: 3, pending: 1, silenced: 1 },
  groups: [groupOf([down]), groupOf([high, high2]), groupOf([stuck], { receiver: 'monitoring', channel: '#monitoring', labels: { alertname: 'JenkinsQueueStuck' } })],
  pending: [slow],
  resolved: [redis],
  asOf: now,
};

export const silence: Silence = {
  id: 's1', status: { state: 'active' }, matchers: [{ name: 'alertname', value: 'JenkinsQueueStuck', isRegex: false, isEqual: true }],
  startsAt: '2026-11-20T11:09:00Z', endsAt: '2026-11-20T12:00:00Z', updatedAt: '2026-11-20T11:09:00Z', createdBy: 'admin', comment: 'Jenkins upgrade',
};

export const card: AlertCardAnswer = {
  alert: { ...high, sentence: '12.6 % of requests fail; the limit is 10 %.', rule: { group: 'g', file: '/etc/rules/endpoint-stats.yml', line: 14 } },
  rule: { name: 'HighErrorRate', group: 'g', file: '/etc/rules/endpoint-stats.yml', line: 14, expr: 'sum(rate(e[5m])) / sum(rate(a[5m])) > 0.1', forMs: 300_000, keepFiringForMs: 0, health: 'ok' },
  condition: { left: 'sum(rate(e[5m])) / sum(rate(a[5m]))', operator: '>', limit: 0.1, operands: { left: 'sum(rate(e[5m]))', operator: '/', right: 'sum(rate(a[5m]))' } },
  sources: ['rate(e[5m])', 'rate(a[5m])'],
  timeline: [
    { kind: 'pending', time: clock('11:10:00'), text: 'Over 10 %' },
    { kind: 'firing', time: clock('11:15:00'), text: 'Firing' },
    { kind: 'sent', time: clock('11:15:30'), text: 'Sent to #incidents', detail: 'firing' },
    { kind: 'next', time: clock('15:15:30'), text: 'Again' },
  ],
  routes: [{ receiver: 'incidents', matched: true, continue: false, reason: 'severity="critical"' }, { receiver: 'monitoring', matched: false, continue: false, reason: 'severity="warning" fails: the alert has severity="critical"' }],
  silences: [],
  asOf: now,
};
