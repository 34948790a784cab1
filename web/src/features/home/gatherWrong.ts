import type { WrongAlert } from '../../api/overview';
import { groupBy } from '../../lib/groupBy';

export interface WrongRow {
  /** The one that stands for all of them: the first. */
  readonly alert: WrongAlert;
  readonly count: number;
}

/** One row for the alerts of one rule in one state that go the same way: five pods are one thing to look at. */
export function gatherWrong(alerts: readonly WrongAlert[]): readonly WrongRow[] {
  const rows = groupBy(alerts, (alert) => JSON.stringify([alert.name, alert.state, alert.severity, alert.rule, alert.receivers]));
  return [...rows.values()].flatMap((members) => (members[0] === undefined ? [] : [{ alert: members[0], count: members.length }]));
}
