import { useCallback } from 'react';
import { useNavigate, useSearchParams } from 'react-router-dom';
import type { Panel } from '../../../api/dashboards';
import type { TooltipAction } from '../../../charts/tooltipElement';
import { copyText } from '../../../lib/copyText';
import { metricsAddress } from './metricsAddress';

/** What a kept tooltip offers. */
export function useChartActions(panel: Panel): (time: number) => readonly TooltipAction[] {
  const navigate = useNavigate();
  const [params] = useSearchParams();
  return useCallback((time: number) => [
    { label: 'Metrics', run: () => { void navigate(metricsAddress(panel, params)); } },
    { label: 'Copy', run: () => { void copyText(new Date(time).toISOString()); } },
  ], [navigate, panel, params]);
}
