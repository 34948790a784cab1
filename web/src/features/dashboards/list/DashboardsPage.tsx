import { useQuery } from '@tanstack/react-query';
import { useMemo, useRef, useState } from 'react';
import { useNavigate, useSearchParams } from 'react-router-dom';
import { type DashboardList, listDashboards, type ListedDashboard } from '../../../api/dashboards';
import { queryKeys } from '../../../api/queryKeys';
import { EmptyState } from '../../../components/EmptyState';
import { ErrorNotice } from '../../../components/ErrorNotice';
import { LoadingFrame } from '../../../components/LoadingFrame';
import { Page } from '../../../components/Page';
import { Panel } from '../../../components/Panel';
import { describePlace } from '../../../lib/errorPlace';
import { useKey } from '../../../state/keys';
import { DashboardRow } from './DashboardRow';
import styles from './DashboardsPage.module.css';
import { countTags, groupDashboards } from './groupDashboards';

const mostTags = 12;

/** Every dashboard in its folder, and the files that could not be read. */
export function DashboardsPage() {
  const { data, error, isFetching } = useQuery({ queryKey: queryKeys.dashboards(), queryFn: ({ signal }) => listDashboards(signal) });
  return (
    <Page title="Dashboards" loading={isFetching}>
      {error !== null && <ErrorNotice error={error} />}
      {data === undefined ? error === null && <LoadingFrame height={320} /> : <Listing data={data} />}
    </Page>
  );
}

function Listing({ data }: { readonly data: DashboardList }) {
  const [params, setParams] = useSearchParams();
  const [search, tags] = [params.get('q') ?? '', params.getAll('tag')];
  const input = useRef<HTMLInputElement>(null);
  const folders = useMemo(() => groupDashboards(data.dashboards, search, tags), [data.dashboards, search, tags]);
  const offered = useMemo(() => countTags(data.dashboards).slice(0, mostTags), [data.dashboards]);
  const current = useListKeys(folders.flatMap(({ dashboards }) => dashboards));
  useKey('filter', () => input.current?.focus());
  const change = (name: 'q' | 'tag', values: readonly string[]) => {
    setParams((old) => {
      const next = new URLSearchParams(old);
      next.delete(name);
      values.forEach((value) => { next.append(name, value); });
      return next;
    }, { replace: true });
  };
  if (data.dashboards.length === 0 && data.errors.length === 0) {
    return (
      <EmptyState title="Nothing to look at yet" hint={<>Put files in <code>dashboards/</code>; they appear within 10 s.</>}>
        Pharos reads the Grafana dashboards you have: JSON files, provisioning files, and ConfigMaps.
      </EmptyState>
    );
  }
  return (
    <>
      <div className={styles.tools}>
        <input ref={input} className={styles.search} type="search" placeholder="Filter" aria-label="Filter dashboards" value={search} onChange={(event) => { change('q', event.currentTarget.value === '' ? [] : [event.currentTarget.value]); }} />
        {offered.map(({ tag, count }) => (
          <button key={tag} type="button" className={styles.tag} aria-pressed={tags.includes(tag)} onClick={() => { change('tag', tags.includes(tag) ? tags.filter((one) => one !== tag) : [...tags, tag]); }}>
            {tag} {count}
          </button>
        ))}
      </div>
      {data.errors.length > 0 && <LoadErrors errors={data.errors} />}
      {folders.length === 0 && data.dashboards.length > 0 && <p className={styles.facts}>No dashboard matches.</p>}
      {folders.map(({ name, dashboards }) => (
        <Panel key={name} title={name === '' ? 'General' : name} flush className={styles.folder}>
          <ul className={styles.list}>
            {dashboards.map((one) => <DashboardRow key={one.uid} dashboard={one} isCurrent={one.uid === current} />)}
          </ul>
        </Panel>
      ))}
    </>
  );
}

function LoadErrors({ errors }: { readonly errors: DashboardList['errors'] }) {
  return (
    <Panel title={errors.length === 1 ? '1 file could not be read' : `${errors.length} files could not be read`} flush className={styles.folder}>
      <div role="alert">
        {errors.map(({ file, message, place }) => (
          <div key={`${file} ${message}`} className={styles.error}>
            <span className={styles.file}>{describePlace({ file, ...place }) ?? file}</span>
            <div>{message}</div>
          </div>
        ))}
      </div>
    </Panel>
  );
}

/** `j` and `k` move through the list, Enter opens. Answers the identity of the current row. */
function useListKeys(dashboards: readonly ListedDashboard[]): string | undefined {
  const [current, setCurrent] = useState<string | undefined>();
  const navigate = useNavigate();
  const at = dashboards.findIndex((one) => one.uid === current);
  const move = (to: number) => { setCurrent(dashboards[Math.max(0, Math.min(dashboards.length - 1, to))]?.uid); };
  useKey('next', () => { move(at + 1); });
  useKey('previous', () => { move(Math.max(0, at - 1)); });
  const chosen = dashboards[at];
  useKey('open', () => { if (chosen !== undefined) { void navigate(`/d/${encodeURIComponent(chosen.uid)}/${encodeURIComponent(chosen.slug)}`); } }, chosen !== undefined);
  return chosen?.uid;
}
