import styles from './StateMark.module.css';

/** What a thing can be in; `healthy` says it for readers of the screen only. */
export type State =
  | 'firing' | 'down' | 'error'
  | 'pending' | 'warning' | 'old'
  | 'up' | 'sent' | 'resolved' | 'ok'
  | 'silenced' | 'inhibited' | 'dropped' | 'off'
  | 'unknown';

const shapes: Readonly<Record<State, string>> = {
  firing: 'square', down: 'square', error: 'square',
  pending: 'ring', warning: 'ring', old: 'ring',
  up: 'disc', sent: 'disc', resolved: 'disc', ok: 'disc',
  silenced: 'crossed', inhibited: 'crossed', dropped: 'crossed', off: 'crossed',
  unknown: 'dotted',
};

interface StateMarkProps {
  readonly state: State;
  /** The word, where none stands beside the mark. */
  readonly label?: string;
}

/** The shape of a state. Colour is never alone: every state has its own shape, and the word stands beside it. */
export function StateMark({ state, label }: StateMarkProps) {
  return (
    <span
      className={styles.mark}
      data-state={state}
      data-shape={shapes[state]}
      {...(label === undefined ? { 'aria-hidden': true } : { role: 'img', 'aria-label': label })}
    />
  );
}
