import { useQuery, type UseQueryResult } from '@tanstack/react-query';
import type { ErrorPlace } from '../lib/errorPlace';
import type { ApiError } from './apiError';
import { request, requestJson, requestPrometheus } from './http';
import { queryKeys } from './queryKeys';
import type { Role } from './session';

export interface SystemStatus {
  readonly components: readonly { readonly name: string; readonly state: 'ok' | 'warning' | 'error' | 'off'; readonly text: string; readonly fix?: string }[];
  readonly startedAt: number;
  readonly version: string;
  readonly revision: string;
  readonly uptimeMs: number;
  readonly dataFolder: string;
  readonly asOf: number;
}

export interface Configuration {
  readonly files: readonly { readonly path: string; readonly kind: string; readonly text: string }[];
  readonly loadedAt: number;
  readonly lastReload: { readonly ok: boolean; readonly time: number; readonly error?: { readonly message: string; readonly place?: ErrorPlace } };
  readonly asOf: number;
}

export interface NamedCount {
  readonly name: string;
  readonly value: number;
}

export interface StoreStatus {
  readonly headStats: { readonly numSeries: number; readonly numLabelPairs: number; readonly chunkCount: number; readonly minTime: number; readonly maxTime: number };
  readonly seriesCountByMetricName: readonly NamedCount[];
  readonly labelValueCountByLabelName: readonly NamedCount[];
  readonly memoryInBytesByLabelName: readonly NamedCount[];
  readonly seriesCountByLabelValuePair: readonly NamedCount[];
}

export interface User {
  readonly name: string;
  readonly role: Role;
  readonly createdAt?: number;
  readonly lastSignIn?: number;
  readonly mustChangePassword: boolean;
}

export type TokenScope = 'read' | 'ingest' | 'admin';

export interface Token {
  readonly name: string;
  readonly scope: TokenScope;
  readonly prefix?: string;
  readonly createdAt?: number;
  readonly expiresAt?: number;
}

const own = '/api/pharos/v1';

export function useSystemStatus(): UseQueryResult<SystemStatus, ApiError> {
  return useQuery({ queryKey: queryKeys.status('own'), queryFn: ({ signal }) => requestJson<SystemStatus>(`${own}/status`, { signal }), refetchInterval: 15_000 });
}

export function useConfiguration(): UseQueryResult<Configuration, ApiError> {
  return useQuery({ queryKey: queryKeys.configuration(), queryFn: ({ signal }) => requestJson<Configuration>(`${own}/configuration`, { signal }) });
}

export function useStoreStatus(): UseQueryResult<StoreStatus, ApiError> {
  return useUpstream<StoreStatus>('tsdb', '/api/v1/status/tsdb?limit=20');
}

export function useFlags(): UseQueryResult<Readonly<Record<string, string>>, ApiError> {
  return useUpstream('flags', '/api/v1/status/flags');
}

export function useBuildInfo(): UseQueryResult<Readonly<Record<string, string>>, ApiError> {
  return useUpstream('build', '/api/v1/status/buildinfo');
}

export function useRuntimeInfo(): UseQueryResult<Readonly<Record<string, string | number | boolean>>, ApiError> {
  return useUpstream('runtime', '/api/v1/status/runtimeinfo');
}

function useUpstream<T>(name: string, path: string): UseQueryResult<T, ApiError> {
  return useQuery({ queryKey: queryKeys.status(name), queryFn: async ({ signal }) => (await requestPrometheus<T>(path, { signal })).data });
}

/** Reads the files anew. The error of a configuration that cannot be loaded is the server's sentence. */
export async function reload(): Promise<void> {
  await request('/-/reload', { method: 'POST' });
}

export function useUsers(): UseQueryResult<readonly User[], ApiError> {
  return useQuery({ queryKey: queryKeys.users(), queryFn: async ({ signal }) => (await requestJson<{ users: readonly User[] }>(`${own}/users`, { signal })).users });
}

export function createUser(user: { name: string; role: Role; password: string }): Promise<unknown> {
  return requestJson(`${own}/users`, { method: 'POST', body: user });
}

export function changeUser(name: string, change: { role?: Role; password?: string }): Promise<unknown> {
  return requestJson(`${own}/users/${encodeURIComponent(name)}`, { method: 'PATCH', body: change });
}

export function deleteUser(name: string): Promise<unknown> {
  return requestJson(`${own}/users/${encodeURIComponent(name)}`, { method: 'DELETE' });
}

export function useTokens(): UseQueryResult<readonly Token[], ApiError> {
  return useQuery({ queryKey: queryKeys.tokens(), queryFn: async ({ signal }) => (await requestJson<{ tokens: readonly Token[] }>(`${own}/tokens`, { signal })).tokens });
}

export interface NewToken {
  readonly name: string;
  readonly scope: TokenScope;
  readonly expiresInSeconds?: number;
}

/** Answers the secret, once. */
export async function createToken(token: NewToken): Promise<string> {
  return (await requestJson<{ secret: string }>(`${own}/tokens`, { method: 'POST', body: token })).secret;
}

export function deleteToken(name: string): Promise<unknown> {
  return requestJson(`${own}/tokens/${encodeURIComponent(name)}`, { method: 'DELETE' });
}
