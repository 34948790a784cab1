import { Link } from 'react-router-dom';
import { sparkValues, type Overview, type WrongAlert } from '../../api/overview';
import { Spark } from '../../charts/Spark';
import { Panel } from '../../components/Panel';
import { SeverityBadge } from '../../components/SeverityBadge';
import { StateMark } from '../../components/StateMark';
import { describeTime, formatAge, formatClock } from '../../lib/formatTime';
import { plural } from '../../lib/plural';
import { useZone } from '../../state/zone';
import { gatherWrong, type WrongRow } from './gatherWrong';
import styles from './WrongNow.module.css';

/** Shown before all are asked for on Alerts. */
const mostRows = 20;

/** What fires and what pends, each with its value against the limit, since when, and who was told. */
export function WrongNow({ overview, now }: { readonly overview: Overview; readonly now: number }) {
  const rows = gatherWrong(overview.wrong);
  const silenced = overview.silenced ?? 0;
  const hidden = Math.max((overview.limited?.total ?? overview.wrong.length) - rows.slice(0, mostRows).reduce((sum, row) => sum + row.count, 0), 0);
  return (
    <Panel flush title="Wrong now" actions={silenced > 0 && <Link className={styles.silenced} to="/alerts?show=silenced">{silenced} silenced</Link>}>
      {rows.length === 0 ? (
        <p className={styles.well}><StateMark state="ok" /> No alert is firing or pending.</p>
      ) : (
        <ul className={styles.rows}>
          {rows.slice(0, mostRows).map((row) => <Row key={row.alert.fingerprint} row={row} now={now} />)}
        </ul>
      )}
      {hidden > 0 && <p className={styles.rest}><Link to="/alerts">{plural(hidden, 'more alert')}</Link></p>}
    </Panel>
  );
}

function Row({ row: { alert, count }, now }: { readonly row: WrongRow; readonly now: number }) {
  const isFiring = alert.state === 'firing';
  return (
    <li className={styles.row} data-state={alert.state}>
      <div className={styles.text}>
        <div className={styles.head}>
          <span className={styles.mark}><StateMark state={alert.state} label={alert.state} /></span>
          <Link className={styles.name} to={`/alerts?alert=${encodeURIComponent(alert.fingerprint)}`}>{alert.name}</Link>
          {alert.severity !== undefined && <SeverityBadge severity={alert.severity} tint={isFiring ? 'fire' : 'pend'} />}
          {count > 1 && <span className={styles.count}>{plural(count, 'alert')}</span>}
        </div>
        <p className={styles.sentence}>{alert.sentence}</p>
      </div>
      <div className={styles.spark}>
        {alert.spark !== undefined && (
          <Spark
            values={sparkValues(alert.spark)} width={150} height={36} color={isFiring ? 'var(--ph-fire-solid)' : 'var(--ph-pend-solid)'}
            {...(alert.spark.limit === undefined ? {} : { limit: alert.spark.limit })}
          />
        )}
      </div>
      <Told alert={alert} now={now} />
    </li>
  );
}

function Told({ alert, now }: { readonly alert: WrongAlert; readonly now: number }) {
  const zone = useZone();
  const at = alert.firingSince ?? alert.since;
  return (
    <div className={styles.told}>
      <time className={styles.since} title={describeTime(at, now, zone)}>
        {alert.state === 'pending' && alert.firesAt !== undefined ? `pending, fires ${formatClock(alert.firesAt, zone)}` : `${alert.state} ${formatAge(at, now)}`}
      </time>
      <span className={styles.receiver} data-failed={(alert.told?.ok === false && alert.told.time >= alert.since) || undefined}>{toldText(alert, zone)}</span>
    </div>
  );
}

/** "#incidents 11:15 ✓", "would go to #monitoring", "nobody is told". */
export function toldText(alert: WrongAlert, zone: string): string {
  // What was told of it when it was wrong before is not told now.
  if (alert.told !== undefined && alert.told.time >= alert.since) {
    return `${alert.told.receiver} ${formatClock(alert.told.time, zone)} ${alert.told.ok ? '✓' : 'failed'}`;
  }

  const receivers = alert.receivers.join(', ');
  return receivers === '' ? 'nobody is told' : alert.state === 'pending' ? `would go to ${receivers}` : `goes to ${receivers}`;
}
