import { useQuery, type UseQueryResult } from '@tanstack/react-query';
import type { ApiError } from './apiError';
import { requestJson, setCsrfToken } from './http';
import { queryKeys } from './queryKeys';

export type Role = 'Viewer' | 'Editor' | 'Admin';

export interface Session {
  readonly signedIn: boolean;
  /** Where nobody signs in, everybody on this machine is an Admin. */
  readonly authMode: 'full' | 'none';
  readonly setupNeeded: boolean;
  readonly name?: string;
  readonly role?: Role;
  readonly mustChangePassword?: boolean;
  readonly csrf?: string;
  readonly instance: string;
  readonly version?: string;
  readonly timeZone?: string;
  /** The file with the one-time password, while somebody has yet to claim the server. */
  readonly passwordFile?: string;
  readonly asOf?: number;
}

const path = '/api/pharos/v1/session';

async function remember(answer: Promise<Session>): Promise<Session> {
  const session = await answer;
  setCsrfToken(session.csrf);
  return session;
}

export function fetchSession(signal?: AbortSignal): Promise<Session> {
  return remember(requestJson<Session>(path, { signal, expects401: true }));
}

export function signIn(input: { readonly name: string; readonly password: string }): Promise<Session> {
  return remember(requestJson<Session>(path, { method: 'POST', body: input, expects401: true }));
}

export async function signOut(): Promise<void> {
  await requestJson<undefined>(path, { method: 'DELETE', expects401: true });
  setCsrfToken(undefined);
}

export function changePassword(input: { readonly current: string; readonly password: string }): Promise<Session> {
  return remember(requestJson<Session>(`${path}/password`, { method: 'POST', body: input, expects401: true }));
}

export function claimServer(input: { readonly oneTimePassword: string; readonly name: string; readonly password: string }): Promise<Session> {
  return remember(requestJson<Session>('/api/pharos/v1/setup', { method: 'POST', body: input, expects401: true }));
}

/** Who is signed in. Asked once a page load; signing in and out write it. */
export function useSession(): UseQueryResult<Session, ApiError> {
  return useQuery<Session, ApiError>({
    queryKey: queryKeys.session(),
    queryFn: ({ signal }) => fetchSession(signal),
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  });
}

const rank: Readonly<Record<Role, number>> = { Viewer: 0, Editor: 1, Admin: 2 };

/** Whether the one who is signed in has at least this role: what one can never do is not drawn. */
export function useMay(role: Role): boolean {
  const { data } = useSession();
  return data !== undefined && (data.authMode === 'none' || (data.role !== undefined && rank[data.role] >= rank[role]));
}
