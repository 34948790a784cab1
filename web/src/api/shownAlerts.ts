import { requestJson } from './http';

/** The part of `p/alerts` that a list of alerts on a dashboard needs. */
export interface ShownAlert {
  readonly fingerprint: string;
  readonly name: string;
  readonly sentence: string;
  readonly state: 'pending' | 'firing' | 'silenced' | 'inhibited' | 'resolved';
  readonly since: number;
  readonly firingSince?: number;
}

interface AlertsAnswer {
  readonly groups?: readonly { readonly alerts: readonly ShownAlert[] }[];
  readonly pending?: readonly ShownAlert[];
}

/** Every alert that is there, each once: one that goes to several receivers stands in several groups. */
export async function readShownAlerts(signal?: AbortSignal): Promise<ShownAlert[]> {
  const answer = await requestJson<AlertsAnswer>('/api/pharos/v1/alerts', { signal });
  const all = [...(answer.groups ?? []).flatMap((group) => group.alerts), ...(answer.pending ?? [])];
  return [...new Map(all.map((alert) => [alert.fingerprint, alert])).values()];
}
