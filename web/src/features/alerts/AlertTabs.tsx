import { IconBellOff, IconRoute, IconSend } from '@tabler/icons-react';
import { Link, useLocation, useSearchParams } from 'react-router-dom';
import { useNotifications } from '../../api/alerts';
import { useSilences } from '../../api/silences';
import { formatCount } from '../../lib/formatNumber';
import { formatDate } from '../../lib/formatTime';
import { useNow } from '../../state/useNow';
import { useZone } from '../../state/zone';
import styles from './AlertTabs.module.css';

/** How many messages are asked for to count those of today. */
const counted = 1000;

/** The secondary pages of Alerts; `isOpened` where something opened is a page of its own on narrow screens: then they make room. */
export function AlertTabs({ isOpened = false }: { readonly isOpened?: boolean }) {
  const { pathname } = useLocation();
  const [params] = useSearchParams();
  const view = pathname === '/alerts' ? params.get('view') : null;
  const silences = useSilences().data?.filter((silence) => silence.status.state === 'active').length;
  const icon = { size: 16, stroke: 1.6, 'aria-hidden': true } as const;
  return (
    <nav className={styles.tabs} data-opened={isOpened || undefined} aria-label="Pages of Alerts">
      <Link className={styles.tab} to="/silences" title="Silences" aria-current={pathname.startsWith('/silences') ? 'page' : undefined}>
        <IconBellOff {...icon} />
        <span className={styles.word}>Silences</span>
        {silences !== undefined && <strong className={styles.count}>{formatCount(silences)}</strong>}
      </Link>
      <Link className={styles.tab} to="/alerts?view=routes" title="Routes" aria-current={view === 'routes' ? 'page' : undefined}>
        <IconRoute {...icon} />
        <span className={styles.word}>Routes</span>
      </Link>
      <Link className={styles.tab} to="/alerts?view=sent" title="Sent" aria-current={view === 'sent' ? 'page' : undefined}>
        <IconSend {...icon} />
        <span className={styles.word}>Sent</span>
        <SentToday />
      </Link>
    </nav>
  );
}

function SentToday() {
  const zone = useZone();
  const now = useNow(60_000);
  const { data } = useNotifications(counted);
  if (data === undefined) {
    return null;
  }

  const today = formatDate(now, zone);
  const count = data.notifications.filter((message) => message.ok && formatDate(message.time, zone) === today).length;
  return <span className={styles.note}>{formatCount(count)}{count === counted ? '+' : ''} today</span>;
}
