import { keepPreviousData, useQuery, type UseQueryResult } from '@tanstack/react-query';
import type { ApiError } from './apiError';
import { requestJson } from './http';
import { queryKeys } from './queryKeys';
import type { Silence } from './silences';

/** Shapes of docs/api.md, "Alerts". */

export type AlertState = 'pending' | 'firing' | 'silenced' | 'inhibited' | 'resolved';
export type Labels = Readonly<Record<string, string>>;

/** A value as JSON carries it: what is not finite is a word. */
export type WireValue = number | 'NaN' | '+Inf' | '-Inf';

export interface Alert {
  /** 16 hexadecimal digits: the name of the alert everywhere. */
  readonly fingerprint: string;
  readonly name: string;
  readonly labels: Labels;
  readonly annotations: Labels;
  readonly sentence: string;
  readonly state: AlertState;
  readonly severity?: string;
  readonly value?: WireValue;
  /** Since when its condition holds. */
  readonly since: number;
  readonly firingSince?: number;
  readonly firesAt?: number;
  readonly resolvedAt?: number;
  readonly silencedBy?: readonly string[];
  readonly inhibitedBy?: readonly string[];
  readonly rule?: { readonly group: string; readonly file: string; readonly line: number };
  readonly receivers: readonly string[];
}

/** What goes out, or would, as one message. */
export interface AlertGroup {
  readonly receiver: string;
  readonly integrations: readonly string[];
  readonly channel?: string;
  readonly labels: Labels;
  readonly routeId: string;
  readonly state: 'sent' | 'waiting' | 'notSent' | 'noReceiver';
  readonly sentAt?: number;
  readonly nextAt?: number;
  readonly error?: string;
  readonly alerts: readonly Alert[];
}

export interface Limited {
  readonly shown: number;
  readonly total: number;
}

export interface AlertsAnswer {
  readonly counts: { readonly firing: number; readonly pending: number; readonly silenced: number };
  readonly groups: readonly AlertGroup[];
  readonly pending: readonly Alert[];
  readonly resolved: readonly Alert[];
  readonly limited?: Limited;
  readonly asOf: number;
}

export interface TimelineEntry {
  readonly kind: 'pending' | 'firing' | 'routed' | 'sent' | 'failed' | 'silenced' | 'resolved' | 'next';
  readonly time: number;
  readonly text: string;
  readonly detail?: string;
}

export interface Condition {
  readonly left: string;
  readonly operator: string;
  readonly limit?: WireValue;
  readonly right?: string;
  /** Both sides of the left side's own operation: errors ÷ requests. */
  readonly operands?: { readonly left: string; readonly operator: string; readonly right: string };
  /** Of a condition with `and`, `or` or `unless`: all of it, the first without an operator. */
  readonly parts?: readonly { readonly expr: string; readonly operator: string }[];
}

export interface RuleOfAlert {
  readonly name: string;
  readonly group: string;
  readonly file: string;
  readonly line: number;
  readonly expr: string;
  readonly forMs: number;
  readonly keepFiringForMs: number;
  readonly health: 'ok' | 'err' | 'unknown';
  readonly lastEvaluation?: number;
  readonly evaluationMs?: number;
}

export interface TriedRoute {
  readonly receiver: string;
  readonly matched: boolean;
  readonly continue: boolean;
  readonly reason: string;
}

export interface AlertCardAnswer {
  readonly alert: Alert;
  readonly rule?: RuleOfAlert;
  readonly condition?: Condition;
  /** What the measured side reads, each selector with the function around its range. */
  readonly sources?: readonly string[];
  readonly timeline: readonly TimelineEntry[];
  readonly routes: readonly TriedRoute[];
  readonly silences: readonly Silence[];
  readonly asOf: number;
}

export interface RouteNode {
  readonly id: string;
  readonly receiver: string;
  readonly matchers: readonly string[];
  readonly continue: boolean;
  readonly groupBy: readonly string[];
  readonly groupWaitMs: number;
  readonly groupIntervalMs: number;
  readonly repeatIntervalMs: number;
  /** How many alerts go this way now. */
  readonly alerts: number;
  readonly hint?: string;
  readonly routes: readonly RouteNode[];
}

export interface RoutesAnswer {
  readonly route: RouteNode;
  readonly receivers: readonly { readonly name: string; readonly integrations: readonly string[]; readonly lastSentAt?: number; readonly lastError?: string }[];
  readonly file?: string;
  readonly asOf: number;
}

export interface SentNotification {
  readonly time: number;
  readonly receiver: string;
  readonly integration: string;
  readonly group: Labels;
  readonly alerts: number;
  readonly status: 'firing' | 'resolved';
  readonly ok: boolean;
  readonly durationMs: number;
  readonly attempts: number;
  readonly error?: string;
}

export interface NotificationsAnswer {
  readonly notifications: readonly SentNotification[];
  readonly asOf: number;
}

export function useAlerts(): UseQueryResult<AlertsAnswer, ApiError> {
  return useQuery<AlertsAnswer, ApiError>({ queryKey: queryKeys.alerts(), queryFn: ({ signal }) => requestJson('/api/pharos/v1/alerts', { signal }) });
}

export function useAlertCard(fingerprint: string): UseQueryResult<AlertCardAnswer, ApiError> {
  return useQuery<AlertCardAnswer, ApiError>({
    queryKey: queryKeys.alert(fingerprint),
    queryFn: ({ signal }) => requestJson(`/api/pharos/v1/alerts/${encodeURIComponent(fingerprint)}`, { signal }),
  });
}

export function useRoutes(): UseQueryResult<RoutesAnswer, ApiError> {
  return useQuery<RoutesAnswer, ApiError>({ queryKey: queryKeys.routes(), queryFn: ({ signal }) => requestJson('/api/pharos/v1/routes', { signal }) });
}

/** The newest `limit` messages; at most 1,000. */
export function useNotifications(limit: number): UseQueryResult<NotificationsAnswer, ApiError> {
  return useQuery<NotificationsAnswer, ApiError>({
    queryKey: queryKeys.notifications(limit),
    queryFn: ({ signal }) => requestJson(`/api/pharos/v1/notifications?limit=${limit}`, { signal }),
    placeholderData: keepPreviousData,
  });
}

/** The number behind a value of the wire. */
export function numberOfWire(value: WireValue | undefined): number | undefined {
  switch (value) {
    case 'NaN':
      return Number.NaN;
    case '+Inf':
      return Number.POSITIVE_INFINITY;
    case '-Inf':
      return Number.NEGATIVE_INFINITY;
    default:
      return value;
  }
}
