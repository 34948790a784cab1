import { Button } from '@mantine/core';
import { useState } from 'react';
import type { Alert, AlertsAnswer } from '../../../api/alerts';
import type { Silence } from '../../../api/silences';
import { EmptyState } from '../../../components/EmptyState';
import { formatCount } from '../../../lib/formatNumber';
import { formatClock } from '../../../lib/formatTime';
import { plural } from '../../../lib/plural';
import { useZone } from '../../../state/zone';
import styles from './AlertList.module.css';
import { AlertRow } from './AlertRow';
import { rowKey, type Arranged } from './arrange';
import { SectionCard } from './SectionCard';

interface AlertListProps {
  readonly answer: AlertsAnswer;
  readonly arranged: Arranged;
  readonly silences: readonly Silence[];
  readonly now: number;
  /** Whether a filter leaves something out. */
  readonly isFiltered: boolean;
  readonly current: string | undefined;
  readonly opened: string | undefined;
  onOpen(fingerprint: string): void;
}

/** Drawn before more are asked for: groups, and alerts that ended. */
const mostShown = 100;

/** Groups as they are sent, what nobody is told of, and what ended within the hour. */
export function AlertList({ answer, arranged, silences, now, isFiltered, current, opened, onOpen }: AlertListProps) {
  const zone = useZone();
  const [most, setMost] = useState(mostShown);
  const { told, muted, resolved } = arranged;
  const left = Math.max(told.length - most, 0) + Math.max(muted.length - most, 0) + Math.max(resolved.length - most, 0);
  const names = new Map([...answer.groups.flatMap((group) => group.alerts), ...answer.pending].map((alert) => [alert.fingerprint, alert.name]));
  const row = { now, current, opened, onOpen };
  if (told.length + muted.length + resolved.length === 0) {
    return isFiltered ? <EmptyState title="No alert matches">{plural(total(answer), 'alert')} {total(answer) === 1 ? 'is' : 'are'} there with another state or other labels.</EmptyState> : <AllWell />;
  }

  return (
    <>
      {answer.limited !== undefined && <p className={styles.limited}>{answer.limited.shown} of {plural(answer.limited.total, 'alert')}: the rest is left out.</p>}
      {told.length > 0 && <h2 className={styles.title}>Grouped as they are sent</h2>}
      {told.slice(0, most).map((section) => <SectionCard key={section.key} section={section} {...row} />)}
      {told.length === 0 && muted.length > 0 && <h2 className={styles.title}>Nobody is told</h2>}
      {muted.slice(0, most).map((section) => <SectionCard key={section.key} section={section} sentenceOf={(alert) => whyMuted(alert, silences, names, zone)} {...row} />)}
      {resolved.length > 0 && (
        <section className={styles.resolved} aria-label="Resolved in the last hour">
          <h2 className={styles.title}>Resolved in the last hour</h2>
          <ul className={styles.rows}>
            {resolved.slice(0, most).map((alert) => {
              const key = rowKey('resolved', alert);
              return <AlertRow key={key} alert={alert} now={now} isCurrent={key === current} isOpened={alert.fingerprint === opened} onOpen={onOpen} />;
            })}
          </ul>
        </section>
      )}
      {left > 0 && <Button size="xs" className={styles.more ?? ''} onClick={() => setMost(most + mostShown)}>Show more: {formatCount(left)} are left</Button>}
    </>
  );
}

function AllWell() {
  return (
    <EmptyState title="No alert is firing" hint={<>Rules stand in the files that <code>rule_files</code> of prometheus.yml names.</>}>
      Alerts appear here as they are sent: by receiver and group, pending ones before they fire.
    </EmptyState>
  );
}

function total(answer: AlertsAnswer): number {
  return answer.groups.reduce((sum, group) => sum + group.alerts.length, 0) + answer.pending.length + answer.resolved.length;
}

/** "Silenced by admin until 12:00: “Jenkins upgrade”". */
export function whyMuted(alert: Alert, silences: readonly Silence[], names: ReadonlyMap<string, string>, zone: string): string | undefined {
  const silence = silences.find((one) => alert.silencedBy?.includes(one.id) === true);
  if (silence !== undefined) {
    const comment = silence.comment === '' ? '' : `: “${silence.comment}”`;
    return `Silenced by ${silence.createdBy} until ${formatClock(Date.parse(silence.endsAt), zone)}${comment}`;
  }

  const [source] = alert.inhibitedBy ?? [];
  return source === undefined ? undefined : `Held back while ${names.get(source) ?? 'another alert'} fires`;
}
