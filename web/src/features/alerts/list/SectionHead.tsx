import { IconBellOff, IconSend } from '@tabler/icons-react';
import { describeTime, formatClock } from '../../../lib/formatTime';
import { plural } from '../../../lib/plural';
import { useZone } from '../../../state/zone';
import type { Section } from './arrange';
import styles from './SectionCard.module.css';

const icon = { size: 14, stroke: 1.6, 'aria-hidden': true } as const;

/** Where the alerts of a section go, what they have in common, and whether they went. */
export function SectionHead({ section, now }: { readonly section: Section; readonly now: number }) {
  const many = section.alerts.length;
  return (
    <header className={styles.head}>
      {section.kind === 'muted' ? <IconBellOff {...icon} /> : <IconSend {...icon} />}
      <span className={styles.target}>{section.target}</span>
      <span className={styles.labels}>{section.labels}</span>
      {many > 1 && section.kind === 'told' && <span className={styles.many}>{plural(many, 'alert')} in one message</span>}
      <Delivery section={section} now={now} />
    </header>
  );
}

function Delivery({ section: { group, alerts, kind }, now }: { readonly section: Section; readonly now: number }) {
  const zone = useZone();
  const at = (time: number): string => formatClock(time, zone, true);
  if (kind === 'pending') {
    const next = Math.min(...alerts.flatMap((alert) => alert.firesAt ?? []));
    return Number.isFinite(next) ? <span className={styles.delivery} title={describeTime(next, now, zone)}>would go {at(next)}</span> : null;
  }

  switch (group?.state) {
    case 'sent':
      return <span className={styles.delivery} title={group.sentAt === undefined ? undefined : describeTime(group.sentAt, now, zone)}>sent {group.sentAt === undefined ? '' : at(group.sentAt)} ✓</span>;
    case 'waiting':
      return <span className={styles.delivery}>{group.nextAt === undefined ? 'waits' : `goes ${at(group.nextAt)}`}</span>;
    case 'notSent':
      return <span className={styles.delivery} data-failed={true}>not sent{group.nextAt === undefined ? '' : `, again ${at(group.nextAt)}`}</span>;
    case 'noReceiver':
      return <span className={styles.delivery} data-failed={true}>nobody is told</span>;
    default:
      return null;
  }
}
