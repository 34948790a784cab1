import type { ListedAlert } from '../../../../charts/AlertList';
import type { ShownAlert } from '../../../../api/shownAlerts';
import { flagOf, numberOf, objectOf, textOf } from '../../../../lib/readUnknown';

const mostAlerts = 100;

/** The alerts that a list asks for: by name, state and labels, in its order. */
export function listedAlerts(alerts: readonly ShownAlert[], options: unknown): ListedAlert[] {
  const wish = objectOf(options);
  const name = textOf(wish['alertName']) ?? '';
  const states = objectOf(wish['stateFilter']);
  const wanted = statesOf(states);
  const chosen = alerts.filter((alert) => (name === '' || alert.name.toLowerCase().includes(name.toLowerCase())) && wanted.has(alert.state));
  const order = numberOf(wish['sortOrder']) ?? 1;
  return sorted(chosen, order).slice(0, Math.min(numberOf(wish['maxItems']) ?? mostAlerts, mostAlerts)).map((alert) => ({
    key: alert.fingerprint, name: alert.name, sentence: alert.sentence, state: alert.state, since: alert.firingSince ?? alert.since, href: `/alerts?alert=${alert.fingerprint}`,
  }));
}

function statesOf(filter: Readonly<Record<string, unknown>>): ReadonlySet<ListedAlert['state']> {
  const states = new Set<ListedAlert['state']>();
  if (flagOf(filter['firing'])) {
    states.add('firing');
  }
  if (flagOf(filter['pending'])) {
    states.add('pending');
  }
  return states.size === 0 ? new Set<ListedAlert['state']>(['firing', 'pending']) : states;
}

/** Grafana's orders: 1 and 2 by name, 3 by importance, 4 and 5 by time. */
function sorted(alerts: readonly ShownAlert[], order: number): ShownAlert[] {
  const importance = (alert: ShownAlert): number => (alert.state === 'firing' ? 0 : 1);
  switch (order) {
    case 2: return alerts.toSorted((a, b) => b.name.localeCompare(a.name));
    case 3: return alerts.toSorted((a, b) => importance(a) - importance(b) || a.name.localeCompare(b.name));
    case 4: return alerts.toSorted((a, b) => a.since - b.since);
    case 5: return alerts.toSorted((a, b) => b.since - a.since);
    default: return alerts.toSorted((a, b) => a.name.localeCompare(b.name));
  }
}
