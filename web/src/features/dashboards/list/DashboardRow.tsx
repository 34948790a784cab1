import { useEffect, useRef } from 'react';
import { Link } from 'react-router-dom';
import type { ListedDashboard } from '../../../api/dashboards';
import { plural } from '../../../lib/plural';
import styles from './DashboardsPage.module.css';

const origins: Readonly<Record<ListedDashboard['origin'], string>> = { file: 'file', provisioned: 'provisioned', saved: 'saved here', builtIn: 'built in' };

export function DashboardRow({ dashboard, isCurrent }: { readonly dashboard: ListedDashboard; readonly isCurrent: boolean }) {
  const row = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (isCurrent) {
      row.current?.scrollIntoView({ block: 'nearest' });
    }
  }, [isCurrent]);
  return (
    <li className={styles.row} data-current={isCurrent} ref={row}>
      <Link className={styles.link} to={`/d/${encodeURIComponent(dashboard.uid)}/${encodeURIComponent(dashboard.slug)}`} aria-current={isCurrent}>{dashboard.title}</Link>
      <span className={styles.tags}>{dashboard.tags.slice(0, 5).map((tag) => <span key={tag}>{tag}</span>)}</span>
      <span className={styles.facts}>
        {dashboard.problems > 0 && <span className={styles.problems}>{`${plural(dashboard.problems, 'thing')} not drawn`}</span>}
        <span>{plural(dashboard.panels, 'panel')}</span>
        <span title={dashboard.file}>{origins[dashboard.origin]}</span>
      </span>
    </li>
  );
}
