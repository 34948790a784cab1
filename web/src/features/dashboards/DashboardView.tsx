import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useCallback, useLayoutEffect, useMemo, useState } from 'react';
import { useNavigate, useSearchParams } from 'react-router-dom';
import { readAnnotations } from '../../api/annotations';
import type { Panel, ResolvedDashboard } from '../../api/dashboards';
import { queryKeys } from '../../api/queryKeys';
import { useKey } from '../../state/keys';
import { useTimeRange } from '../../state/timeRange';
import { useZone } from '../../state/zone';
import { AnnotationToggles } from './AnnotationToggles';
import { DashboardGrid } from './layout/DashboardGrid';
import gridStyles from './layout/DashboardGrid.module.css';
import { PageContext, type PageContextValue } from './pageContext';
import { DashboardPanel } from './panels/DashboardPanel';
import { metricsAddress } from './panels/metricsAddress';
import { PageSeries } from './panels/pageSeries';
import { ProblemList } from './ProblemList';
import { VariableBar } from './variables/VariableBar';
import { variableQuery, withVariable } from './variables/variableParams';

interface DashboardViewProps {
  readonly dashboard: ResolvedDashboard;
}

/** A resolved dashboard with its variables: everything below the top bar. Drawn anew for another dashboard, so that its colours begin anew. */
export function DashboardView({ dashboard }: DashboardViewProps) {
  const [params, setParams] = useSearchParams();
  const viewed = params.get('viewPanel');
  const { page, bands, marks } = usePageContext(dashboard, setParams, params);
  const alone = viewed === null ? undefined : findPanel(dashboard.panels, viewed);
  return (
    <PageContext value={page}>
      <VariableBar variables={dashboard.variables} onChange={(name, values) => { setParams((old) => withVariable(old, name, values)); }}>
        <AnnotationToggles bands={bands} marks={marks} />
      </VariableBar>
      <ProblemList problems={dashboard.problems} />
      {alone === undefined
        ? <DashboardGrid panels={dashboard.panels} />
        : <div className={gridStyles.alone}><DashboardPanel panel={alone} width={1200} alone /></div>}
    </PageContext>
  );
}

const noBands: PageContextValue['bands'] = [];
const noMarks: PageContextValue['marks'] = [];

function usePageContext(dashboard: ResolvedDashboard, setParams: ReturnType<typeof useSearchParams>[1], params: URLSearchParams) {
  const { from, to, setRange } = useTimeRange();
  const zone = useZone();
  const navigate = useNavigate();
  const [series] = useState(() => new PageSeries());
  useLayoutEffect(() => { series.show(dashboard.panels); }, [series, dashboard.panels]);
  const [pointed, setPointed] = useState<Panel | undefined>();
  const bands = params.get('alerts') !== 'off';
  const marks = params.get('deploys') !== 'off';
  const annotations = useQuery({
    queryKey: queryKeys.annotations(from, to), queryFn: ({ signal }) => readAnnotations(from, to, signal), enabled: bands || marks, gcTime: 60_000, placeholderData: keepPreviousData,
  });

  const onView = useCallback((panel: Panel) => {
    setParams((old) => {
      const next = new URLSearchParams(old);
      if (next.has('viewPanel')) {
        next.delete('viewPanel');
      } else {
        next.set('viewPanel', String(panel.id));
      }
      return next;
    });
  }, [setParams]);
  const onZoom = useCallback((start: number, end: number) => { setRange({ from: String(start), to: String(end) }); }, [setRange]);
  const viewed = params.get('viewPanel');
  const meant = viewed === null ? pointed : findPanel(dashboard.panels, viewed);
  useKey('viewPanel', () => { if (meant !== undefined) { onView(meant); } }, meant !== undefined);
  useKey('close', () => { if (meant !== undefined) { onView(meant); } }, viewed !== null);
  useKey('panelMetrics', () => { if (meant !== undefined) { void navigate(metricsAddress(meant, params)); } }, meant !== undefined);

  const variables = useMemo(() => variableQuery(dashboard.variables), [dashboard.variables]);
  const page = useMemo((): PageContextValue => ({
    range: { from, to }, zone, colors: series.colors, batcher: series.batcher,
    bands: bands ? annotations.data?.bands ?? noBands : noBands, marks: marks ? annotations.data?.marks ?? noMarks : noMarks,
    links: { from, to, variables }, onZoom, onView, onPoint: setPointed,
  }), [from, to, zone, series, bands, marks, annotations.data, variables, onZoom, onView]);
  return { page, bands, marks };
}

/** A panel by its number or its key: copies of one panel share the number. */
export function findPanel(panels: readonly Panel[], wanted: string): Panel | undefined {
  for (const panel of panels) {
    const found = panel.type === 'row' ? findPanel(panel.row?.panels ?? [], wanted) : String(panel.id) === wanted || panel.key === wanted ? panel : undefined;
    if (found !== undefined) {
      return found;
    }
  }
  return undefined;
}
