import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useSearchParams } from 'react-router-dom';
import { checkDashboard, type Problem, type ResolvedDashboard, resolveDashboard } from '../../../api/dashboards';
import { useTimeRange } from '../../../state/timeRange';
import { variablesOf } from '../variables/variableParams';
import { parseDashboardText } from './jsonText';

interface Preview {
  readonly show: () => void;
  readonly dashboard: ResolvedDashboard | undefined;
  readonly check: { readonly panels: number; readonly problems: readonly Problem[] } | undefined;
  readonly error: Error | null;
  /** Another number is another preview. */
  readonly number: number;
}

/** Checks and resolves what is typed, when asked. */
export function usePreview(text: string): Preview {
  const [params] = useSearchParams();
  const { from, to } = useTimeRange();
  const [number, setNumber] = useState(0);
  const mutation = useMutation({
    mutationFn: async (dashboard: Readonly<Record<string, unknown>>) => {
      const check = await checkDashboard(dashboard);
      return { check, dashboard: await resolveDashboard({ dashboard, variables: variablesOf(params), from, to }) };
    },
    onSuccess: () => { setNumber((old) => old + 1); },
  });
  return {
    show: () => {
      const parsed = parseDashboardText(text);
      if (parsed.ok) {
        mutation.mutate(parsed.value);
      }
    },
    dashboard: mutation.data?.dashboard, check: mutation.data?.check, error: mutation.error, number,
  };
}
