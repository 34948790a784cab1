import { Button, PasswordInput, TextInput } from '@mantine/core';
import { useEffect, useState } from 'react';
import { signIn } from '../../api/session';
import { useSessionChange } from '../../api/useSessionChange';
import { ErrorNotice } from '../../components/ErrorNotice';
import styles from '../../components/FormFields.module.css';
import { SignInLayout } from './SignInLayout';

/** Name and password. Whether the name or the password was wrong, nobody learns. The address stays: afterwards one is where one wanted to go. */
export function SignInPage({ instance }: { readonly instance: string }) {
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');
  const attempt = useSessionChange(signIn);
  useEffect(() => {
    document.title = 'Sign in · Pharos';
  }, []);
  return (
    <SignInLayout title="Sign in" text={instance} foot="Pharos sends nothing to anyone outside.">
      <form
        className={styles.fields}
        onSubmit={(event) => {
          event.preventDefault();
          attempt.mutate({ name, password }, { onError: () => setPassword('') });
        }}
      >
        <TextInput label="User name" autoComplete="username" autoFocus required withAsterisk={false} value={name} onChange={(event) => setName(event.currentTarget.value)} />
        <PasswordInput label="Password" autoComplete="current-password" required withAsterisk={false} value={password} onChange={(event) => setPassword(event.currentTarget.value)} />
        {attempt.error !== null && <ErrorNotice error={attempt.error} />}
        <Button type="submit" variant="filled" size="md" fullWidth className={styles.submit ?? ''} disabled={attempt.isPending}>
          Sign in
        </Button>
      </form>
    </SignInLayout>
  );
}
