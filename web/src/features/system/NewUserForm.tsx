import { Button, PasswordInput, Select, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { ApiError } from '../../api/apiError';
import { queryKeys } from '../../api/queryKeys';
import type { Role } from '../../api/session';
import { createUser } from '../../api/system';
import { ErrorNotice } from '../../components/ErrorNotice';
import { shortestPassword } from '../../components/PasswordStrength';
import { toast } from '../../state/toasts';
import styles from './InlineForm.module.css';
import { roles } from './roles';

/** A user with a first password, which they change when they first sign in. */
export function NewUserForm({ onDone }: { onDone(): void }) {
  const client = useQueryClient();
  const [name, setName] = useState('');
  const [role, setRole] = useState<Role>('Viewer');
  const [password, setPassword] = useState('');
  const attempt = useMutation<unknown, ApiError>({
    mutationFn: () => createUser({ name: name.trim(), role, password }),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: queryKeys.users() });
      toast(`${name.trim()} can sign in`);
      onDone();
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
      <TextInput label="User name" required withAsterisk={false} autoFocus autoComplete="off" value={name} onChange={(event) => setName(event.currentTarget.value)} />
      <Select label="Role" data={[...roles]} value={role} onChange={(value) => value !== null && setRole(value)} />
      <PasswordInput
        label="First password"
        required
        withAsterisk={false}
        minLength={shortestPassword}
        autoComplete="new-password"
        value={password}
        onChange={(event) => setPassword(event.currentTarget.value)}
      />
      <Button type="submit" variant="filled" disabled={attempt.isPending}>
        Create {name.trim() === '' ? 'user' : name.trim()}
      </Button>
      {attempt.error !== null && (
        <div className={styles.error}>
          <ErrorNotice error={attempt.error} />
        </div>
      )}
    </form>
  );
}
