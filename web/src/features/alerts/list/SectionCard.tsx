import { useState } from 'react';
import type { Alert } from '../../../api/alerts';
import { plural } from '../../../lib/plural';
import { AlertRow } from './AlertRow';
import { rowKey, type Section } from './arrange';
import styles from './SectionCard.module.css';
import { SectionHead } from './SectionHead';

interface SectionCardProps {
  readonly section: Section;
  readonly now: number;
  readonly current: string | undefined;
  readonly opened: string | undefined;
  /** Why an alert is muted, in place of its sentence. */
  sentenceOf?(alert: Alert): string | undefined;
  onOpen(fingerprint: string): void;
}

/** Shown of one message before all are asked for: a storm of alerts is one thing to look at. */
const mostRows = 20;

/** One message with its alerts. */
export function SectionCard({ section, now, current, opened, sentenceOf, onOpen }: SectionCardProps) {
  const [isWhole, setWhole] = useState(false);
  const rest = section.alerts.slice(mostRows);
  const shown = isWhole || rest.some((alert) => rowKey(section.key, alert) === current) ? section.alerts : section.alerts.slice(0, mostRows);
  return (
    <section className={styles.card} data-kind={section.kind} aria-label={`${section.target} ${section.labels}`}>
      <SectionHead section={section} now={now} />
      {section.group?.error !== undefined && <p className={styles.error}>{section.group.error}</p>}
      <ul className={styles.rows}>
        {shown.map((alert) => {
          const key = rowKey(section.key, alert);
          return <AlertRow key={key} alert={alert} sentence={sentenceOf?.(alert)} now={now} isCurrent={key === current} isOpened={alert.fingerprint === opened} onOpen={onOpen} />;
        })}
      </ul>
      {shown.length < section.alerts.length && (
        <button type="button" className={styles.more} onClick={() => setWhole(true)}>Show {plural(rest.length, 'more alert')}</button>
      )}
    </section>
  );
}
