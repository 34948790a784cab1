import type { Alert } from '../../../api/alerts';
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

/** One message with its alerts. */
export function SectionCard({ section, now, current, opened, sentenceOf, onOpen }: SectionCardProps) {
  return (
    <section className={styles.card} data-kind={section.kind} aria-label={`${section.target} ${section.labels}`}>
      <SectionHead section={section} now={now} />
      {section.group?.error !== undefined && <p className={styles.error}>{section.group.error}</p>}
      <ul className={styles.rows}>
        {section.alerts.map((alert) => {
          const key = rowKey(section.key, alert);
          return <AlertRow key={key} alert={alert} sentence={sentenceOf?.(alert)} now={now} isCurrent={key === current} isOpened={alert.fingerprint === opened} onOpen={onOpen} />;
        })}
      </ul>
    </section>
  );
}
