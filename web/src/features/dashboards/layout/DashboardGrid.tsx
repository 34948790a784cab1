import { IconChevronDown, IconChevronRight } from '@tabler/icons-react';
import { useMemo, useState, type CSSProperties } from 'react';
import type { Panel } from '../../../api/dashboards';
import { DashboardPanel } from '../panels/DashboardPanel';
import styles from './DashboardGrid.module.css';
import { isRow, placePanels, type PlacedRow } from './placePanels';
import { useWidth } from './useWidth';

interface DashboardGridProps {
  readonly panels: readonly Panel[];
}

const small = new Set(['stat', 'gauge']);
const oneColumnBelow = 900;

/** The panels of a dashboard on Grafana's grid of 24 columns; one column on a narrow window, stats two abreast. */
export function DashboardGrid({ panels }: DashboardGridProps) {
  const [toggled, setToggled] = useState<ReadonlySet<string>>(new Set());
  const { element, width } = useWidth();
  const placed = useMemo(() => placePanels(panels, toggled), [panels, toggled]);
  const toggle = (key: string) => {
    setToggled((old) => (old.has(key) ? new Set([...old].filter((one) => one !== key)) : new Set([...old, key])));
  };
  return (
    <div className={styles.grid} ref={element}>
      {placed.map((one) => {
        const { panel } = one;
        const place = { '--x': one.x, '--y': one.y, '--w': one.w, '--h': one.h } as CSSProperties;
        const narrow = width < oneColumnBelow;
        const cells = narrow ? (small.has(panel.type) ? 12 : 24) : one.w;
        return (
          <div key={panel.key} className={styles.cell} style={place} data-small={small.has(panel.type)} data-row={isRow(one)} data-kind={panel.type}>
            {isRow(one) ? <RowHead row={one} onToggle={() => { toggle(panel.key); }} /> : <DashboardPanel panel={panel} width={Math.round(width * cells / 24 / 50) * 50} />}
          </div>
        );
      })}
    </div>
  );
}

function RowHead({ row, onToggle }: { readonly row: PlacedRow; readonly onToggle: () => void }) {
  const Chevron = row.open ? IconChevronDown : IconChevronRight;
  return (
    <button type="button" className={styles.row} aria-expanded={row.open} onClick={onToggle}>
      <Chevron size={16} stroke={1.6} aria-hidden />
      {row.panel.title}
      {!row.open && <span className={styles.count}>{row.count === 1 ? '1 panel' : `${row.count} panels`}</span>}
    </button>
  );
}
