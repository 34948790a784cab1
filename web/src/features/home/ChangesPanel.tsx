import type { UseQueryResult } from '@tanstack/react-query';
import { IconBell, IconBellOff, IconCircleCheck, IconCircleDashed, IconLayoutDashboard, IconPlayerPlay, IconPlug, IconPlugConnectedX, IconRefresh, IconRefreshAlert, IconRocket, type Icon } from '@tabler/icons-react';
import { Link } from 'react-router-dom';
import type { ApiError } from '../../api/apiError';
import type { Change, ChangeKind, ChangesAnswer } from '../../api/overview';
import { Panel } from '../../components/Panel';
import { QueryView } from '../../components/QueryView';
import { describeTime, formatClock } from '../../lib/formatTime';
import { useZone } from '../../state/zone';
import styles from './ChangesPanel.module.css';

const looks: Readonly<Record<ChangeKind, { readonly icon: Icon; readonly state?: 'fire' | 'pend' }>> = {
  alertPending: { icon: IconCircleDashed, state: 'pend' },
  alertFiring: { icon: IconBell, state: 'fire' },
  alertResolved: { icon: IconCircleCheck },
  silenceCreated: { icon: IconBellOff },
  silenceExpired: { icon: IconBell },
  reloaded: { icon: IconRefresh },
  reloadFailed: { icon: IconRefreshAlert, state: 'fire' },
  targetDown: { icon: IconPlugConnectedX },
  targetUp: { icon: IconPlug },
  deploy: { icon: IconRocket },
  dashboardSaved: { icon: IconLayoutDashboard },
  started: { icon: IconPlayerPlay },
};

const words: Readonly<Record<ChangeKind, string>> = {
  alertPending: 'pending', alertFiring: 'firing', alertResolved: 'resolved', silenceCreated: 'silenced', silenceExpired: 'the silence ended', reloaded: '', reloadFailed: '',
  targetDown: '', targetUp: '', deploy: 'rolled out', dashboardSaved: 'dashboard saved', started: '',
};

/** What happened within the range, newest first. */
export function ChangesPanel({ query, now }: { readonly query: UseQueryResult<ChangesAnswer, ApiError>; readonly now: number }) {
  return (
    <Panel title="What changed">
      <QueryView query={query} loadingHeight={160}>
        {({ changes, limited }) =>
          changes.length === 0 ? (
            <p className={styles.none}>Nothing changed between these times.</p>
          ) : (
            <>
              <ul className={styles.rows}>
                {changes.map((change, index) => <Row key={`${change.time} ${change.kind} ${change.title} ${index}`} change={change} now={now} />)}
              </ul>
              {limited !== undefined && <p className={styles.none}>The newest {limited.shown} of {limited.total}.</p>}
            </>
          )
        }
      </QueryView>
    </Panel>
  );
}

function Row({ change, now }: { readonly change: Change; readonly now: number }) {
  const zone = useZone();
  const { icon: Picture, state } = looks[change.kind] ?? { icon: IconCircleDashed };
  const detail = detailOf(change);
  return (
    <li className={styles.row}>
      <time className={styles.time} title={describeTime(change.time, now, zone)}>{formatClock(change.time, zone)}</time>
      <Picture className={styles.icon} data-state={state} size={14} stroke={1.6} aria-hidden />
      <span className={styles.text}>
        {change.link === undefined ? <span className={styles.title}>{change.title}</span> : <Link className={styles.title} to={change.link}>{change.title}</Link>}
        {detail !== '' && <span className={styles.detail} title={detail}>{detail}</span>}
      </span>
    </li>
  );
}

/** "firing, 2 alerts", "by admin, until 12:00". */
export function detailOf({ kind, title, detail = '', by }: Change): string {
  return [words[kind] ?? '', title.includes(detail) ? '' : detail, by === undefined || by === '' ? '' : `by ${by}`].filter((part) => part !== '').join(', ');
}
