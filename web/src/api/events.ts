import { useQuery, useQueryClient, type QueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { requestJson, requestPrometheus, urlOf } from './http';

export interface AlertCounts {
  readonly firing: number;
  readonly pending: number;
  readonly silenced: number;
}

export interface TargetCounts {
  readonly up: number;
  readonly total: number;
}

/** How the numbers of the rail are kept true: by the server's event stream, else by asking. */
export type Connection = 'connecting' | 'stream' | 'polling' | 'lost';

const keys = { alerts: ['events', 'alerts'] as const, targets: ['events', 'targets'] as const, config: ['events', 'config'] as const };
const pollMs = 15_000;

// What an event makes old, by the first part of the keys.
const stale: Readonly<Record<string, readonly string[]>> = {
  alerts: ['alerts', 'overview', 'rules', 'silences', 'notifications', 'routes'],
  targets: ['targets', 'overview'],
  changes: ['changes', 'overview', 'annotations', 'dashboards'],
  config: ['configuration', 'status'],
};

/** One stream a tab, closed while it is hidden. Used once, by the frame. */
export function useEventStream(enabled: boolean): Connection {
  const client = useQueryClient();
  const [connection, setConnection] = useState<Connection>('connecting');
  useEffect(() => {
    if (!enabled) {
      return undefined;
    }

    const link = new EventLink(client, setConnection);
    const follow = (): void => link.setVisible(!document.hidden);
    follow();
    document.addEventListener('visibilitychange', follow);
    return () => {
      document.removeEventListener('visibilitychange', follow);
      link.setVisible(false);
    };
  }, [client, enabled]);
  return connection;
}

/** The stream; when it ends and cannot be had again, asking every quarter of a minute until it can. */
class EventLink {
  readonly #client: QueryClient;
  readonly #report: (connection: Connection) => void;
  #source: EventSource | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #visible = false;
  // Names of events that came over this stream.
  readonly #known = new Set<string>();

  constructor(client: QueryClient, report: (connection: Connection) => void) {
    this.#client = client;
    this.#report = report;
  }

  setVisible(visible: boolean): void {
    if (visible !== this.#visible) {
      this.#visible = visible;
      if (visible) {
        this.#connect();
      } else {
        this.#close();
      }
    }
  }

  #connect(): void {
    this.#close();
    const source = new EventSource(urlOf('/api/pharos/v1/events'));
    this.#source = source;
    this.#known.clear();
    source.onopen = () => this.#report('stream');
    source.onerror = () => {
      this.#close();
      void this.#poll();
    };
    for (const name of Object.keys(stale)) {
      source.addEventListener(name, (event) => this.#take(name, (event as MessageEvent<string>).data));
    }
  }

  #close(): void {
    this.#source?.close();
    this.#source = undefined;
    clearTimeout(this.#timer);
  }

  #take(name: string, text: string): void {
    const before = this.#client.getQueryData(['events', name]);
    const now: unknown = JSON.parse(text);
    this.#client.setQueryData(['events', name], now);

    // A stream begins with one of each: that makes nothing old unless it missed something.
    const isFirst = !this.#known.has(name);
    this.#known.add(name);
    if (isFirst && (before === undefined || JSON.stringify(before) === text)) {
      return;
    }

    for (const resource of stale[name] ?? []) {
      void this.#client.invalidateQueries({ queryKey: [resource] });
    }
  }

  async #poll(): Promise<void> {
    const [alerts, targets] = await Promise.allSettled([
      requestJson<{ counts: AlertCounts }>('/api/pharos/v1/alerts'),
      requestPrometheus<{ activeTargets: readonly { health: string }[] }>('/api/v1/targets?state=active'),
    ]);
    if (!this.#visible) {
      return;
    }

    if (alerts.status === 'fulfilled') {
      this.#client.setQueryData(keys.alerts, alerts.value.counts);
    }

    if (targets.status === 'fulfilled') {
      const active = targets.value.data.activeTargets;
      this.#client.setQueryData(keys.targets, { up: active.filter((target) => target.health === 'up').length, total: active.length });
    }

    this.#report(alerts.status === 'rejected' && targets.status === 'rejected' ? 'lost' : 'polling');
    this.#timer = setTimeout(() => this.#connect(), pollMs);
  }
}

function useEvent<T>(key: readonly string[]): T | undefined {
  // Written by the stream only: nothing is fetched.
  const { data } = useQuery<T | null>({ queryKey: key, queryFn: () => null, enabled: false, staleTime: Number.POSITIVE_INFINITY, gcTime: Number.POSITIVE_INFINITY });
  return data ?? undefined;
}

export function useAlertCounts(): AlertCounts | undefined {
  return useEvent<AlertCounts>(keys.alerts);
}

export function useTargetCounts(): TargetCounts | undefined {
  return useEvent<TargetCounts>(keys.targets);
}

export function useConfigOk(): boolean | undefined {
  return useEvent<{ ok: boolean }>(keys.config)?.ok;
}
