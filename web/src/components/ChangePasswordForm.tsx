import { Button, PasswordInput } from '@mantine/core';
import { useState } from 'react';
import { ErrorNotice } from './ErrorNotice';
import styles from './FormFields.module.css';
import { PasswordStrength, shortestPassword } from './PasswordStrength';

interface ChangePasswordFormProps {
  readonly error: Error | null;
  readonly isPending: boolean;
  onSubmit(passwords: { readonly current: string; readonly password: string }): void;
}

/** The own password, known now, for another one. */
export function ChangePasswordForm({ error, isPending, onSubmit }: ChangePasswordFormProps) {
  const [current, setCurrent] = useState('');
  const [password, setPassword] = useState('');
  return (
    <form
      className={styles.fields}
      onSubmit={(event) => {
        event.preventDefault();
        onSubmit({ current, password });
      }}
    >
      <PasswordInput label="Password now" autoComplete="current-password" required withAsterisk={false} value={current} onChange={(event) => setCurrent(event.currentTarget.value)} />
      <div>
        <PasswordInput
          label="New password"
          autoComplete="new-password"
          minLength={shortestPassword}
          required
          withAsterisk={false}
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
        />
        <PasswordStrength password={password} />
      </div>
      {error !== null && <ErrorNotice error={error} />}
      <Button type="submit" variant="filled" size="md" fullWidth className={styles.submit ?? ''} disabled={isPending}>
        Change password
      </Button>
    </form>
  );
}
