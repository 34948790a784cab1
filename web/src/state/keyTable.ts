/** One shortcut: `keys` as people read it, several ways apart by " or ". */
export interface KeyEntry {
  readonly keys: string;
  readonly where: 'Everywhere' | 'Time' | 'Lists' | 'Alerts' | 'Dashboard' | 'Query';
  readonly text: string;
}

/**
 * Every shortcut there is. The handlers, the tooltips and the list behind `?` are made from this table.
 * A key does something only while a part of the page handles it ({@link useKey}), and only then it is listed.
 */
export const keyTable = {
  jump: { keys: 'Ctrl K', where: 'Everywhere', text: 'jump to a page, dashboard, metric, rule or target' },
  home: { keys: 'g h', where: 'Everywhere', text: 'Home' },
  alerts: { keys: 'g a', where: 'Everywhere', text: 'Alerts' },
  dashboards: { keys: 'g d', where: 'Everywhere', text: 'Dashboards' },
  metrics: { keys: 'g m', where: 'Everywhere', text: 'Metrics' },
  targets: { keys: 'g t', where: 'Everywhere', text: 'Targets' },
  system: { keys: 'g s', where: 'Everywhere', text: 'System' },
  filter: { keys: '/', where: 'Everywhere', text: 'filter' },
  help: { keys: '?', where: 'Everywhere', text: 'all keys' },
  rail: { keys: '[', where: 'Everywhere', text: 'narrow or widen the rail' },
  close: { keys: 'Esc', where: 'Everywhere', text: 'close the topmost thing' },
  range: { keys: 't', where: 'Time', text: 'choose the range' },
  earlier: { keys: 'Shift ←', where: 'Time', text: 'earlier' },
  later: { keys: 'Shift →', where: 'Time', text: 'later' },
  zoomOut: { keys: 'z', where: 'Time', text: 'back to the previous range, then wider' },
  live: { keys: '.', where: 'Time', text: 'live' },
  refresh: { keys: 'r', where: 'Time', text: 'refresh' },
  utc: { keys: 'u', where: 'Time', text: 'UTC and back' },
  copyLink: { keys: 'c', where: 'Time', text: 'copy the link' },
  next: { keys: 'j or ↓', where: 'Lists', text: 'next' },
  previous: { keys: 'k or ↑', where: 'Lists', text: 'previous' },
  open: { keys: 'Enter', where: 'Lists', text: 'open' },
  mark: { keys: 'x', where: 'Lists', text: 'mark' },
  silence: { keys: 's', where: 'Alerts', text: 'silence' },
  dashboardThen: { keys: 'o', where: 'Alerts', text: 'dashboard at that time' },
  expression: { keys: 'e', where: 'Alerts', text: 'open the expression' },
  viewPanel: { keys: 'v', where: 'Dashboard', text: 'panel under the pointer alone' },
  panelMetrics: { keys: 'm', where: 'Dashboard', text: 'metrics of the panel under the pointer' },
  editDashboard: { keys: 'e', where: 'Dashboard', text: 'edit' },
  save: { keys: 'Ctrl S', where: 'Dashboard', text: 'save' },
  run: { keys: 'Ctrl Enter', where: 'Query', text: 'run' },
  fix: { keys: 'Alt Enter', where: 'Query', text: 'take the fix' },
  complete: { keys: 'Ctrl Space', where: 'Query', text: 'complete' },
  history: { keys: 'Ctrl ↑', where: 'Query', text: 'earlier queries' },
} as const satisfies Readonly<Record<string, KeyEntry>>;

export type KeyId = keyof typeof keyTable;
