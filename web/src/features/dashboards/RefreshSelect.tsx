import { useSearchParams } from 'react-router-dom';
import { formatDuration, parseDuration, tellDuration } from '../../lib/formatDuration';
import styles from './RefreshSelect.module.css';

const choices = ['5s', '10s', '30s', '1m', '5m', '15m', '1h'];
const usualMs = 15_000;

/** How often Live asks anew, in milliseconds: what the address or the dashboard says, else a quarter of a minute. */
export function refreshMs(text: string | undefined): number {
  return text === undefined ? usualMs : parseDuration(text) ?? usualMs;
}

/** The dashboard's own interval, or another one; it stands in the address as Grafana's does. */
export function RefreshSelect({ own }: { readonly own: string | undefined }) {
  const [params, setParams] = useSearchParams();
  const chosen = params.get('refresh') ?? '';
  const offered = [...new Set([...choices, ...(parseDuration(chosen) === undefined ? [] : [chosen])])].sort((a, b) => refreshMs(a) - refreshMs(b));
  return (
    <select
      className={styles.select} aria-label="Refresh every" title="How often Live asks anew" value={offered.includes(chosen) ? chosen : ''}
      onChange={(event) => {
        const { value } = event.currentTarget;
        setParams((old) => {
          const next = new URLSearchParams(old);
          if (value === '') {
            next.delete('refresh');
          } else {
            next.set('refresh', value);
          }
          return next;
        }, { replace: true });
      }}
    >
      <option value="">{`every ${formatDuration(refreshMs(own))}`}</option>
      {offered.map((text) => <option key={text} value={text}>{`every ${tellDuration(text)}`}</option>)}
    </select>
  );
}
