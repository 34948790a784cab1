import { IconChartLine, IconLayoutDashboard } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from 'react-router-dom';
import { useAlertCard, type Alert, type AlertCardAnswer, type AlertsAnswer } from '../../../api/alerts';
import { ApiError } from '../../../api/apiError';
import { listDashboards } from '../../../api/dashboards';
import { queryKeys } from '../../../api/queryKeys';
import { useMay } from '../../../api/session';
import { EmptyState } from '../../../components/EmptyState';
import { LabelChip } from '../../../components/LabelChip';
import { QueryView } from '../../../components/QueryView';
import { SeverityBadge } from '../../../components/SeverityBadge';
import { StateBadge } from '../../../components/StateBadge';
import { formatClock } from '../../../lib/formatTime';
import { keyText, useKey } from '../../../state/keys';
import { useNow } from '../../../state/useNow';
import { useZone } from '../../../state/zone';
import { SilencePanel } from '../silences/SilencePanel';
import { alertClock } from '../list/alertClock';
import styles from './AlertCard.module.css';
import { dashboardAddress } from './dashboardAddress';
import { expressionAddress } from './expressionAddress';
import { RoutesTried } from './RoutesTried';
import { Story } from './Story';
import { WhyItFired } from './WhyItFired';

interface AlertCardProps {
  readonly fingerprint: string;
  /** The list, for what the alert's neighbours have in common. */
  readonly all: AlertsAnswer | undefined;
  /** The form of the silence is wanted: it comes into view and takes the keys. */
  readonly isSilencing: boolean;
  onSilence(): void;
}

/** One alert with its evidence: what it says, why it fired, what is behind it, what was done, and how to silence it. */
export function AlertCard({ fingerprint, all, isSilencing, onSilence }: AlertCardProps) {
  const card = useAlertCard(fingerprint);
  if (card.error instanceof ApiError && card.error.status === 404) {
    return <EmptyState title="This alert is no longer there">It ended, and what ended is kept for an hour.</EmptyState>;
  }

  return <QueryView query={card} loadingHeight={480}>{(data) => <CardContent card={data} all={all} isSilencing={isSilencing} onSilence={onSilence} />}</QueryView>;
}

function CardContent({ card, all, isSilencing, onSilence }: Omit<AlertCardProps, 'fingerprint'> & { readonly card: AlertCardAnswer }) {
  const { alert } = card;
  const zone = useZone();
  const now = useNow(5000);
  const navigate = useNavigate();
  const mayEdit = useMay('Editor');
  const at = alert.firingSince ?? alert.since;
  const dashboards = useQuery({ queryKey: queryKeys.dashboards(), queryFn: ({ signal }) => listDashboards(signal), staleTime: 60_000 });
  const dashboard = dashboardAddress(alert, dashboards.data?.dashboards ?? [], at);
  const expression = card.rule === undefined ? undefined : expressionAddress(card.rule.expr, at);
  useKey('dashboardThen', () => void navigate(dashboard ?? ''), dashboard !== undefined);
  useKey('expression', () => void navigate(expression ?? ''), expression !== undefined);
  const icon = { size: 14, stroke: 1.6, 'aria-hidden': true } as const;
  return (
    <article className={styles.card}>
      <div className={styles.top}>
        <StateBadge state={alert.state}>{badgeText(alert, now, zone)}</StateBadge>
        {alert.severity !== undefined && <SeverityBadge severity={alert.severity} />}
        <span className={styles.links}>
          {dashboard !== undefined && (
            <Link className={styles.link} to={dashboard} title={`The dashboard at that time · ${keyText('dashboardThen')}`}>
              <IconLayoutDashboard {...icon} /> Dashboard at {formatClock(at, zone)}
            </Link>
          )}
          {expression !== undefined && (
            <Link className={styles.link} to={expression} title={`The rule's expression on Metrics · ${keyText('expression')}`}>
              <IconChartLine {...icon} /> Open expression
            </Link>
          )}
        </span>
      </div>
      <h2 className={styles.name}>{alert.name}</h2>
      <p className={styles.sentence}>{alert.sentence}</p>
      {alert.annotations['description'] !== undefined && alert.annotations['description'] !== alert.sentence && <p className={styles.description}>{alert.annotations['description']}</p>}
      <p className={styles.labels}>
        {Object.entries(alert.labels).filter(([name]) => name !== 'alertname').map(([name, value]) => <LabelChip key={name} name={name} value={value} />)}
      </p>
      <WhyItFired card={card} now={now} />
      <Story card={card} now={now} />
      <RoutesTried card={card} />
      {mayEdit && <SilencePanel card={card} all={all} isWanted={isSilencing} now={now} />}
      {mayEdit && (
        <div className={styles.thumb}>
          {dashboard !== undefined && <Link className={styles.thumbLink} to={dashboard}><IconLayoutDashboard {...icon} /> At {formatClock(at, zone)}</Link>}
          <button type="button" className={styles.thumbAction} onClick={onSilence}>Silence</button>
        </div>
      )}
    </article>
  );
}

function badgeText(alert: Alert, now: number, zone: string): string {
  return alert.state === 'resolved' ? `resolved at ${alertClock(alert, now, zone)}` : `${alert.state} ${alertClock(alert, now, zone)}`;
}
