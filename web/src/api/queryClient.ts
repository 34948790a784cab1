import { QueryClient } from '@tanstack/react-query';
import { ApiError } from './apiError';

/** What was read once stays visible while it is read again, and only what a second try can mend is tried again. */
export function makeQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 5000,
        refetchOnWindowFocus: false,
        retry: (failures, error) => failures < 2 && error instanceof ApiError && error.isUnreachable,
        retryDelay: (attempt) => Math.min(1000 * 2 ** attempt, 8000),
        placeholderData: (previous: unknown) => previous,
      },
      mutations: { retry: false },
    },
  });
}
