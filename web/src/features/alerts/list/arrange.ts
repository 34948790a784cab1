import type { Alert, AlertGroup, AlertsAnswer } from '../../../api/alerts';
import { groupBy } from '../../../lib/groupBy';
import { matchesLabels, type ParsedMatchers } from '../../../lib/matchers';

export type Shown = 'firing' | 'pending' | 'silenced';

/** Alerts that stand together: one message, or what would be one. */
export interface Section {
  readonly key: string;
  readonly kind: 'told' | 'pending' | 'muted';
  /** Where it goes: the channel, else the receiver. */
  readonly target: string;
  /** What the group has in common: `HighErrorRate · critical`. */
  readonly labels: string;
  /** Absent for what is no group of the server: pending ones and muted ones. */
  readonly group?: AlertGroup;
  readonly alerts: readonly Alert[];
}

export interface Arranged {
  /** As they are sent, then what would be sent. */
  readonly told: readonly Section[];
  /** Silenced and inhibited: nobody is told. */
  readonly muted: readonly Section[];
  readonly resolved: readonly Alert[];
  /** The order in which the keys move. */
  readonly order: readonly { readonly key: string; readonly alert: Alert }[];
}

/** The list as it is read: groups as they are sent, pending, muted, resolved; of the states and matchers that are asked for. */
export function arrange(answer: AlertsAnswer, shown: Shown | undefined, filter: ParsedMatchers): Arranged {
  const fits = (alert: Alert): boolean => matchesLabels(filter.matchers, alert.labels) && filter.words.every((word) => says(alert, word.toLowerCase()));
  const told: Section[] = shown === undefined || shown === 'firing' ? answer.groups.flatMap((group, index) => toldSection(group, index, fits)) : [];
  const pending: Section[] = shown === undefined || shown === 'pending' ? pendingSections(answer.pending.filter(fits)) : [];
  const muted: Section[] = shown === undefined || shown === 'silenced' ? mutedSections(answer.groups, fits) : [];
  const resolved = shown === undefined ? answer.resolved.filter(fits) : [];
  const sections = [...told, ...pending];
  const order = [
    ...[...sections, ...muted].flatMap((section) => section.alerts.map((alert) => ({ key: rowKey(section.key, alert), alert }))),
    ...resolved.map((alert) => ({ key: rowKey('resolved', alert), alert })),
  ];
  return { told: sections, muted, resolved, order };
}

/** An alert that goes to two receivers stands in two groups: its row is named by both. */
export function rowKey(section: string, alert: Alert): string {
  return `${section}/${alert.fingerprint}`;
}

export function isMuted(alert: Alert): boolean {
  return alert.state === 'silenced' || alert.state === 'inhibited';
}

function toldSection(group: AlertGroup, index: number, fits: (alert: Alert) => boolean): Section[] {
  const alerts = group.alerts.filter((alert) => !isMuted(alert) && fits(alert));
  return alerts.length === 0 ? [] : [{ key: `g${index}`, kind: 'told', target: group.channel ?? group.receiver, labels: commonOf(group.labels, alerts), group, alerts }];
}

function pendingSections(alerts: readonly Alert[]): Section[] {
  const byKey = groupBy(alerts, (alert) => JSON.stringify([alert.receivers, alert.name, alert.severity]));
  return [...byKey].map(([key, members]): Section => {
    const receivers = members[0]?.receivers ?? [];
    return { key: `p${key}`, kind: 'pending', target: receivers.length === 0 ? 'nobody' : receivers.join(', '), labels: commonOf({}, members), alerts: members };
  });
}

function mutedSections(groups: readonly AlertGroup[], fits: (alert: Alert) => boolean): Section[] {
  const all = groups.flatMap((group) => group.alerts).filter((alert) => isMuted(alert) && fits(alert));
  const once = [...new Map(all.map((alert) => [alert.fingerprint, alert])).values()];
  return [...groupBy(once, (alert) => JSON.stringify([alert.name, alert.severity]))].map(([key, members]): Section => ({
    key: `m${key}`, kind: 'muted', target: 'not sent', labels: commonOf({}, members), alerts: members,
  }));
}

/** The values of a group, names left out: the name of the alert first. Without group labels what its alerts share. */
function commonOf(labels: AlertGroup['labels'], alerts: readonly Alert[]): string {
  const { alertname, ...rest } = labels;
  const names = [...new Set(alerts.map((alert) => alert.name))];
  const severities = [...new Set(alerts.flatMap((alert) => alert.severity ?? []))];
  const own = [alertname, ...Object.values(rest)].filter((value) => value !== undefined && value !== '');
  return (own.length > 0 ? own : [...names.slice(0, 2), ...(severities.length === 1 ? severities : [])]).join(' · ');
}

function says(alert: Alert, word: string): boolean {
  return alert.name.toLowerCase().includes(word) || alert.sentence.toLowerCase().includes(word) || Object.values(alert.labels).some((value) => value.toLowerCase().includes(word));
}
