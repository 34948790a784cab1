import { useMutation, useQueryClient, type UseMutationResult } from '@tanstack/react-query';
import type { ApiError } from './apiError';
import { queryKeys } from './queryKeys';
import type { Session } from './session';

/** A request that answers with the session it made: signing in, claiming the server, a new password. */
export function useSessionChange<T>(change: (input: T) => Promise<Session>): UseMutationResult<Session, ApiError, T> {
  const client = useQueryClient();
  return useMutation<Session, ApiError, T>({
    mutationFn: change,
    onSuccess: (session) => {
      // What somebody else saw must not be shown for a moment.
      client.removeQueries({ predicate: (query) => query.queryKey[0] !== queryKeys.session()[0] });
      client.setQueryData(queryKeys.session(), session);
    },
  });
}
