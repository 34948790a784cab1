import type { Alert } from '../../../api/alerts';
import type { ListedDashboard } from '../../../api/dashboards';
import { around } from './expressionAddress';

// The labels that say which application an alert is about, most exact first.
const subjects = ['app', 'job', 'service', 'namespace'] as const;

/**
 * The dashboard of an alert at a time: the one that the rule names (`__dashboardUid__`, as Grafana's own rules do), else one that bears the name of
 * what the alert is about as its uid, slug or tag. Undefined when there is none.
 */
export function dashboardAddress(alert: Alert, dashboards: readonly ListedDashboard[], at: number): string | undefined {
  const uid = alert.annotations['__dashboardUid__'];
  const named = dashboards.find((one) => one.uid === uid) ?? subjects.map((label) => alert.labels[label]).flatMap((subject) => (subject === undefined ? [] : find(dashboards, subject)))[0];
  return named === undefined ? undefined : `/d/${encodeURIComponent(named.uid)}/${encodeURIComponent(named.slug)}?${new URLSearchParams(around(at)).toString()}`;
}

function find(dashboards: readonly ListedDashboard[], subject: string): readonly ListedDashboard[] {
  const wanted = subject.toLowerCase();
  return [
    ...dashboards.filter((one) => one.uid.toLowerCase() === wanted || one.slug.toLowerCase() === wanted),
    ...dashboards.filter((one) => one.tags.some((tag) => tag.toLowerCase() === wanted)),
  ];
}
