import { useState } from 'react';
import { Button } from '@mantine/core';
import { useNotifications, type SentNotification } from '../../../api/alerts';
import { EmptyState } from '../../../components/EmptyState';
import { Panel } from '../../../components/Panel';
import { QueryView } from '../../../components/QueryView';
import { RowTable } from '../../../components/RowTable';
import { StateMark } from '../../../components/StateMark';
import { formatDuration } from '../../../lib/formatDuration';
import { describeTime, formatClock, formatDate } from '../../../lib/formatTime';
import { plural } from '../../../lib/plural';
import { useNow } from '../../../state/useNow';
import { useZone } from '../../../state/zone';
import styles from './SentView.module.css';

const few = 100;
const many = 1000;

/** Every message: to whom, about what, and whether it arrived. */
export function SentView() {
  const [limit, setLimit] = useState(few);
  const sent = useNotifications(limit);
  const now = useNow();
  const zone = useZone();
  return (
    <QueryView query={sent} loadingHeight={320}>
      {({ notifications }) =>
        notifications.length === 0 ? (
          <EmptyState title="Nothing was sent yet">Messages to receivers appear here with their answer, also those that failed.</EmptyState>
        ) : (
          <Panel flush>
            <RowTable<SentNotification>
              label="Messages"
              rows={notifications}
              rowKey={(message) => `${message.time} ${message.receiver} ${message.integration} ${JSON.stringify(message.group)}`}
              columns={[
                { head: 'Time', render: (message) => <time className={styles.time} title={describeTime(message.time, now, zone)}>{formatDate(message.time, zone) === formatDate(now, zone) ? '' : `${formatDate(message.time, zone)} `}{formatClock(message.time, zone, true)}</time> },
                { head: 'Result', render: (message) => <Result message={message} /> },
                { head: 'To', render: (message) => <><strong className={styles.receiver}>{message.receiver}</strong> <span className={styles.note}>{message.integration}</span></> },
                { head: 'About', wideOnly: true, render: (message) => <code>{Object.values(message.group).filter((value) => value !== '').join(' · ') || 'all'}</code> },
                { head: 'Alerts', align: 'right', render: (message) => `${message.alerts} ${message.status}` },
                { head: 'Took', align: 'right', wideOnly: true, render: (message) => formatDuration(message.durationMs) },
                { head: 'Attempts', align: 'right', wideOnly: true, render: (message) => message.attempts },
              ]}
            />
            {notifications.length === limit && limit === few && (
              <div className={styles.more}><Button size="xs" onClick={() => setLimit(many)}>Show {plural(many, 'message')}</Button></div>
            )}
          </Panel>
        )
      }
    </QueryView>
  );
}

function Result({ message }: { readonly message: SentNotification }) {
  return (
    <span className={styles.result} data-failed={!message.ok || undefined}>
      <StateMark state={message.ok ? 'sent' : 'error'} /> {message.ok ? 'sent' : message.error ?? 'failed'}
    </span>
  );
}
