import { useMemo, useRef } from 'react';
import { useSearchParams } from 'react-router-dom';
import { useSystemStatus } from '../../api/system';
import { useActiveTargets, useDroppedCounts, useDroppedTargets, useScrapePools } from '../../api/targets';
import { EmptyState } from '../../components/EmptyState';
import { Page } from '../../components/Page';
import { QueryView } from '../../components/QueryView';
import { SplitView } from '../../components/SplitView';
import { formatDateTime, formatWhen } from '../../lib/formatTime';
import { useKey } from '../../state/keys';
import { smallestStepMs, useLiveState, useLiveTicks } from '../../state/live';
import { useNow } from '../../state/useNow';
import { useZone } from '../../state/zone';
import { PoolList } from './PoolList';
import { TargetDetails } from './TargetDetails';
import { TargetTools } from './TargetTools';
import styles from './TargetsPage.module.css';
import { isShown, matches, poolsOf, rowsOf, type TargetRow } from './targetRows';
import { useDownSince, useTargetFigures } from './useTargetFigures';

const figuresMs = 30_000;

/** Targets: what is scraped, what is not, and why. */
export function TargetsPage() {
  const [params, setParams] = useSearchParams();
  const live = useLiveState();
  useLiveTicks(smallestStepMs, true);
  const moves = live.on && live.pausedBy === undefined;
  const active = useActiveTargets(moves ? smallestStepMs : false);
  const pools = useScrapePools();
  const counts = useDroppedCounts();
  const show = useMemo(() => new Set((params.get('show') ?? '').split(',').filter((state) => state !== '')), [params]);
  const filter = params.get('filter') ?? '';
  const openedId = params.get('target') ?? undefined;
  const isActive = active.data !== undefined && rowsOf(active.data.targets, []).some(({ id }) => id === openedId);
  const dropped = useDroppedTargets(show.has('dropped') || (openedId !== undefined && active.data !== undefined && !isActive));
  const rows = useMemo(() => rowsOf(active.data?.targets ?? [], dropped.data ?? []), [active.data, dropped.data]);
  const listed = useMemo(() => rows.filter((row) => isShown(row, show) && matches(row, filter)), [rows, show, filter]);
  const all = useMemo(() => poolsOf(pools.data ?? [], rows, counts.data ?? {}), [pools.data, rows, counts.data]);
  const figures = useTargetFigures(moves ? figuresMs : false);
  const since = useDownSince(rows);
  const opened = rows.find(({ id }) => id === openedId);
  const field = useRef<HTMLInputElement>(null);
  useKey('filter', () => field.current?.focus());

  const change = (name: string, value: string | undefined, replace: boolean): void => {
    setParams((old) => {
      const next = new URLSearchParams(old);
      if (value === undefined || value === '') {
        next.delete(name);
      } else {
        next.set(name, value);
      }

      return next;
    }, { replace });
  };
  const open = (row: TargetRow | undefined): void => change('target', row?.id, false);
  return (
    <Page title="Targets" loading={active.isFetching && active.data === undefined} tabs={<Since />} bare>
      <SplitView
        size="narrow" openedLabel={opened?.name ?? 'Target'} onClose={() => open(undefined)}
        opened={opened === undefined ? undefined : <TargetDetails key={opened.id} row={opened} figures={figures} since={since} onClose={() => open(undefined)} />}
        list={
          <QueryView query={active} loadingHeight={320}>
            {(data) => data.targets.length === 0 && (pools.data?.length ?? 0) === 0 ? <NoTargets /> : (
              <div className={styles.list}>
                <TargetTools
                  rows={rows} dropped={Object.values(counts.data ?? {}).reduce((sum, count) => sum + count, 0)} show={show} filter={filter} field={field} figures={figures}
                  onShow={(next) => change('show', [...next].join(','), false)} onFilter={(text) => change('filter', text, true)}
                />
                <PoolList pools={all} listed={listed} problems={data.problems} isNarrowed={filter !== '' || show.has('up') || show.has('down')} openedId={openedId} figures={figures} since={since} dropped={dropped} onOpen={open} onShowDropped={() => change('show', [...show, 'dropped'].join(','), false)} />
              </div>
            )}
          </QueryView>
        }
      />
    </Page>
  );
}

function NoTargets() {
  return (
    <EmptyState title="Nothing is scraped yet" hint={<>Put <code>scrape_configs</code> into <code>prometheus.yml</code> and reload; the targets appear at once.</>}>
      Every target that is discovered stands here, with its health, and dropped ones with the step that dropped them.
    </EmptyState>
  );
}

/** Since when this server scrapes: what is older came from an earlier run. */
function Since() {
  const { data } = useSystemStatus();
  const zone = useZone();
  const now = useNow(60_000);
  return data === undefined ? null : (
    <span className={styles.since} title={formatDateTime(data.startedAt, zone)}>
      scraping {now - data.startedAt < 3_600_000 ? 'for' : 'since'} {formatWhen(data.startedAt, now, zone)}
    </span>
  );
}
