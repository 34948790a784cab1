import { useMemo, useState } from 'react';
import { DataTable } from '../../../../charts/DataTable';
import { objectOf } from '../../../../lib/readUnknown';
import type { PanelProps } from '../panelProps';
import { initialSort, tableColumns } from './model';
import styles from './TablePanel.module.css';

export function TablePanel({ panel, frames, zone, links }: PanelProps) {
  const [chosen, setChosen] = useState(0);
  const frame = frames[Math.min(chosen, frames.length - 1)];
  const columns = useMemo(() => (frame === undefined ? [] : tableColumns(frame, zone, links)), [frame, zone, links]);
  const sort = useMemo(() => initialSort(panel.options, columns), [panel.options, columns]);
  return (
    <div className={styles.panel}>
      <div className={styles.table}>
        <DataTable title={panel.title} columns={columns} rows={frame?.length ?? 0} headless={objectOf(panel.options)['showHeader'] === false} {...(sort === undefined ? {} : { initialSort: sort })} />
      </div>
      {frames.length > 1 && (
        <select className={styles.frames} aria-label="Series" value={chosen} onChange={(event) => { setChosen(Number(event.currentTarget.value)); }}>
          {frames.map((candidate, i) => <option key={`${candidate.refId} ${i}`} value={i}>{candidate.name ?? candidate.refId}</option>)}
        </select>
      )}
    </div>
  );
}
