import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { ApiError } from '../../../api/apiError';
import { expireSilence, type Silence } from '../../../api/silences';
import { ErrorNotice } from '../../../components/ErrorNotice';
import { toast } from '../../../state/toasts';
import { staleAfterSilence } from './afterSilence';

/** Ends a silence now: its alerts are told of again. */
export function ExpireButton({ silence }: { readonly silence: Silence }) {
  const client = useQueryClient();
  const attempt = useMutation<unknown, ApiError>({
    mutationFn: () => expireSilence(silence.id),
    onSuccess: () => {
      staleAfterSilence(client);
      toast('The silence has ended');
    },
  });
  return (
    <>
      {attempt.error !== null && <ErrorNotice error={attempt.error} title="The silence was not ended." />}
      <Button size="xs" loading={attempt.isPending} onClick={() => attempt.mutate()}>End now</Button>
    </>
  );
}
