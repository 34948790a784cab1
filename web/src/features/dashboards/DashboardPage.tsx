import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { IconEdit, IconStar, IconStarFilled } from '@tabler/icons-react';
import { lazy, Suspense, useEffect } from 'react';
import { useParams, useSearchParams } from 'react-router-dom';
import { type ResolvedDashboard, resolveDashboard } from '../../api/dashboards';
import { queryKeys } from '../../api/queryKeys';
import { useMay } from '../../api/session';
import { BarButton } from '../../components/BarButton';
import { ErrorNotice } from '../../components/ErrorNotice';
import { LoadingFrame } from '../../components/LoadingFrame';
import { Page } from '../../components/Page';
import { keyText, useKey } from '../../state/keys';
import { togglePinned, useSettings } from '../../state/settings';
import { useTimeRange } from '../../state/timeRange';
import { DashboardView } from './DashboardView';
import { RefreshSelect, refreshMs } from './RefreshSelect';
import { variablesOf } from './variables/variableParams';

const EditDashboard = lazy(async () => ({ default: (await import('./editing/EditDashboard')).EditDashboard }));

const parents = [{ title: 'Dashboards', to: '/dashboards' }];

/** `/d/{uid}/{slug}`: one dashboard, seen or, with `view=edit`, edited. */
export function DashboardPage() {
  const { uid = '' } = useParams();
  const [params, setParams] = useSearchParams();
  const { text, from, to } = useTimeRange();
  const variables = variablesOf(params);
  const { data, error, isFetching, refetch } = useQuery({
    // The text of the range, not its milliseconds: live ticks do not ask for variables again.
    queryKey: queryKeys.dashboard(uid, variables, text), queryFn: ({ signal }) => resolveDashboard({ uid, variables, from, to }, signal),
    placeholderData: (previous: ResolvedDashboard | undefined, query) => (query?.queryKey[2] === uid ? keepPreviousData(previous) : undefined),
  });
  const mayEdit = useMay('Editor');
  const editing = params.get('view') === 'edit' && mayEdit;
  useOwnRange(data?.uid === uid ? data : undefined);
  const setEditing = (on: boolean) => {
    setParams((old) => {
      const next = new URLSearchParams(old);
      if (on) {
        next.set('view', 'edit');
      } else {
        next.delete('view');
      }
      return next;
    });
  };
  useKey('editDashboard', () => { setEditing(true); }, mayEdit && !editing && data !== undefined);

  const buttons = data === undefined ? undefined : (
    <>
      <PinButton dashboard={data} />
      {mayEdit && !editing && (
        <BarButton onClick={() => { setEditing(true); }} title={`Edit · ${keyText('editDashboard')}`}><IconEdit size={16} stroke={1.6} aria-hidden />Edit</BarButton>
      )}
    </>
  );
  return (
    <Page
      title={data?.title ?? 'Dashboard'} parents={parents} time loading={isFetching} liveStepMs={refreshMs(params.get('refresh') ?? data?.refresh)}
      tabs={data === undefined ? undefined : <RefreshSelect own={data.refresh} />} buttons={buttons}
    >
      {error !== null && <ErrorNotice error={error} actions={<BarButton onClick={() => void refetch()}>Try now</BarButton>} />}
      {data === undefined && error === null && <LoadingFrame height={320} />}
      {data !== undefined && !editing && <DashboardView key={data.uid} dashboard={data} />}
      {editing && <Suspense fallback={<LoadingFrame height={320} />}><EditDashboard key={uid} uid={uid} onClose={() => { setEditing(false); }} /></Suspense>}
    </Page>
  );
}

/** A dashboard's own range counts where the address has none; then it stands there, so that it can be linked. */
function useOwnRange(dashboard: ResolvedDashboard | undefined): void {
  const [params, setParams] = useSearchParams();
  const own = params.has('from') ? undefined : dashboard?.time;
  useEffect(() => {
    if (own !== undefined && own.from !== '' && own.to !== '') {
      setParams((old) => {
        const next = new URLSearchParams(old);
        next.set('from', own.from);
        next.set('to', own.to);
        return next;
      }, { replace: true });
    }
  }, [own, setParams]);
}

function PinButton({ dashboard }: { readonly dashboard: ResolvedDashboard }) {
  const { pinned } = useSettings();
  const isPinned = pinned.some((one) => one.uid === dashboard.uid);
  const Star = isPinned ? IconStarFilled : IconStar;
  const path = `/d/${encodeURIComponent(dashboard.uid)}/${encodeURIComponent(dashboard.slug)}`;
  return (
    <BarButton square pressed={isPinned} aria-label={isPinned ? 'Take out of the rail' : 'Pin to the rail'} onClick={() => { togglePinned({ uid: dashboard.uid, title: dashboard.title, path }); }}>
      <Star size={16} stroke={1.6} aria-hidden />
    </BarButton>
  );
}
