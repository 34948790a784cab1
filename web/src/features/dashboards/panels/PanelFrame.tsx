import { Tooltip } from '@mantine/core';
import { IconAlertCircle, IconAlertTriangle, IconInfoCircle, IconMessageCircle } from '@tabler/icons-react';
import { Suspense, useState, type ReactNode } from 'react';
import type { Panel } from '../../../api/dashboards';
import { OldBadge } from '../../../components/OldBadge';
import { TopLine } from '../../../components/TopLine';
import { cx } from '../../../lib/cx';
import styles from './PanelFrame.module.css';
import { PanelMenu, problemsSentence } from './PanelMenu';
import { type PanelRemark, remarksSentence } from './panelRemarks';
import { UnitPlace } from './PanelUnit';

interface PanelFrameProps {
  readonly panel: Panel;
  readonly alone: boolean;
  readonly loading: boolean;
  /** When what is shown was right, once it is old. */
  readonly oldAt?: number;
  readonly oldReason?: string;
  readonly zone: string;
  readonly failed: boolean;
  /** What the server said of its queries. */
  readonly remarks: readonly PanelRemark[];
  readonly onView: () => void;
  readonly children: ReactNode;
}

/** Title, unit, menu and state of a panel; what is drawn fills the rest. */
export function PanelFrame({ panel, alone, loading, oldAt, oldReason, zone, failed, remarks, onView, children }: PanelFrameProps) {
  const [unitPlace, setUnitPlace] = useState<HTMLElement | null>(null);
  const problems = panel.problems ?? [];
  const warnings = remarks.filter(({ isWarning }) => isWarning);
  const infos = remarks.filter(({ isWarning }) => !isWarning);
  const titled = panel.title !== '';
  const side = (
    <>
      {oldAt !== undefined && <OldBadge at={oldAt} zone={zone} {...(oldReason === undefined ? {} : { reason: oldReason })} />}
      {warnings.length > 0 && (
        <Tooltip label={remarksSentence(warnings)} multiline maw={360}><IconAlertTriangle className={styles.warning} size={14} stroke={1.6} role="img" aria-label={remarksSentence(warnings)} /></Tooltip>
      )}
      {infos.length > 0 && (
        <Tooltip label={remarksSentence(infos)} multiline maw={360}><IconMessageCircle className={styles.info} size={14} stroke={1.6} role="img" aria-label={remarksSentence(infos)} /></Tooltip>
      )}
      {problems.length > 0 && (
        <Tooltip label={problemsSentence(problems)} multiline maw={320}><IconAlertCircle className={styles.warning} size={14} stroke={1.6} role="img" aria-label={problemsSentence(problems)} /></Tooltip>
      )}
      {panel.description !== undefined && panel.description !== '' && (
        <Tooltip label={panel.description} multiline maw={360}><IconInfoCircle className={styles.info} size={14} stroke={1.6} role="img" aria-label={panel.description} /></Tooltip>
      )}
      <PanelMenu panel={panel} alone={alone} remarks={remarks} onView={onView} />
    </>
  );
  return (
    <section className={cx(styles.panel, !titled && styles.untitled)} aria-label={titled ? panel.title : panel.type} data-transparent={panel.transparent === true} data-state={failed ? 'error' : undefined} data-kind={panel.type}>
      <TopLine active={loading} />
      {titled ? (
        <header className={styles.head}>
          <h2 className={styles.title} title={panel.title}>{panel.title}</h2>
          <span className={styles.unit} ref={setUnitPlace} />
          <div className={styles.side}>{side}</div>
        </header>
      ) : <div className={styles.floating}>{side}</div>}
      <div className={styles.body} data-flush={panel.type === 'table'} data-old={oldAt !== undefined}>
        <UnitPlace value={unitPlace}>
          <Suspense fallback={null}>{children}</Suspense>
        </UnitPlace>
      </div>
    </section>
  );
}
