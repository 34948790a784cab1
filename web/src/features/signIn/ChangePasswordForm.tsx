import { Button, PasswordInput } from '@mantine/core';
import { useState } from 'react';
import { changePassword } from '../../api/session';
import { ErrorNotice } from '../../components/ErrorNotice';
import styles from './Fields.module.css';
import { PasswordStrength, shortestPassword } from './PasswordStrength';
import { useSessionChange } from './useSessionChange';

/** The own password, known now, for another one. Other sessions end with it. */
export function ChangePasswordForm({ onChanged }: { onChanged?(): void }) {
  const [current, setCurrent] = useState('');
  const [password, setPassword] = useState('');
  const attempt = useSessionChange((input: { current: string; password: string }) => changePassword(input.current, input.password));
  return (
    <form
      className={styles.fields}
      onSubmit={(event) => {
        event.preventDefault();
        attempt.mutate(
          { current, password },
          {
            onSuccess: () => {
              setCurrent('');
              setPassword('');
              onChanged?.();
            },
          },
        );
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
      {attempt.error !== null && <ErrorNotice error={attempt.error} />}
      <Button type="submit" variant="filled" fullWidth className={styles.submit ?? ''} disabled={attempt.isPending}>
        Change password
      </Button>
    </form>
  );
}
