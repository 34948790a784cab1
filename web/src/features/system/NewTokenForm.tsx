import { Button, Select, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { ApiError } from '../../api/apiError';
import { queryKeys } from '../../api/queryKeys';
import { createToken, type TokenScope } from '../../api/system';
import { ErrorNotice } from '../../components/ErrorNotice';
import styles from './InlineForm.module.css';
import { scopes } from './roles';

const day = 86_400;
const lifetimes = [
  { value: String(day), label: 'a day' },
  { value: String(30 * day), label: '30 days' },
  { value: String(365 * day), label: 'a year' },
  { value: '', label: 'no end' },
];

/** A token with a name, what it may do, and until when. */
export function NewTokenForm({ onMade }: { onMade(name: string, secret: string): void }) {
  const client = useQueryClient();
  const [name, setName] = useState('');
  const [scope, setScope] = useState<TokenScope>('read');
  const [lifetime, setLifetime] = useState(String(365 * day));
  const attempt = useMutation<string, ApiError>({
    mutationFn: () => createToken({ name: name.trim(), scope, ...(lifetime === '' ? {} : { expiresInSeconds: Number(lifetime) }) }),
    onSuccess: async (secret) => {
      onMade(name.trim(), secret);
      await client.invalidateQueries({ queryKey: queryKeys.tokens() });
    },
  });
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        attempt.mutate();
      }}
    >
      <TextInput label="Name" required withAsterisk={false} autoFocus autoComplete="off" value={name} onChange={(event) => setName(event.currentTarget.value)} />
      <Select label="May" data={[...scopes]} value={scope} onChange={(value) => value !== null && setScope(value)} />
      <Select label="Ends after" data={lifetimes} value={lifetime} onChange={(value) => setLifetime(value ?? '')} />
      <Button type="submit" variant="filled" disabled={attempt.isPending}>
        Create token
      </Button>
      {attempt.error !== null && (
        <div className={styles.error}>
          <ErrorNotice error={attempt.error} />
        </div>
      )}
    </form>
  );
}
