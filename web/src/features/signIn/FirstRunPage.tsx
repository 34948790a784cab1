import { Button, PasswordInput, TextInput } from '@mantine/core';
import { useEffect, useState } from 'react';
import { claimServer } from '../../api/session';
import { useSessionChange } from '../../api/useSessionChange';
import { ErrorNotice } from '../../components/ErrorNotice';
import { Panel } from '../../components/Panel';
import { PasswordStrength, shortestPassword } from '../../components/PasswordStrength';
import styles from '../../components/FormFields.module.css';
import aside from './FirstRunPage.module.css';
import { SignInLayout } from './SignInLayout';

interface Claim {
  readonly oneTimePassword: string;
  readonly name: string;
  readonly password: string;
}

/** Shown until somebody has claimed the server: the one-time password proves that it is theirs. */
export function FirstRunPage({ passwordFile }: { readonly passwordFile?: string | undefined }) {
  const [claim, setClaim] = useState<Claim>({ oneTimePassword: '', name: 'admin', password: '' });
  const attempt = useSessionChange(claimServer);
  useEffect(() => {
    document.title = 'First run · Pharos';
  }, []);
  const change = (part: Partial<Claim>): void => setClaim({ ...claim, ...part });
  return (
    <SignInLayout
      title="Welcome. Choose a password to begin."
      text="This page is shown once. There is no default password."
      foot={
        <>
          Set from a file instead: <code>--web.admin-password-file</code>
          <br />
          Pharos sends nothing to anyone outside.
        </>
      }
      aside={
        <Panel title="Where the one-time password is">
          <ul className={aside.places}>
            <li>On the terminal that started Pharos.</li>
            <li>
              In {passwordFile === undefined ? 'the file ' : ''}
              <code>{passwordFile ?? 'initial-admin-password'}</code>
              {passwordFile === undefined ? ' of its data folder' : ''}, which only the user that runs Pharos can read.
            </li>
          </ul>
          <p className={aside.note}>It is never written into the log. The file is deleted once it has been used.</p>
        </Panel>
      }
    >
      <form
        className={styles.fields}
        onSubmit={(event) => {
          event.preventDefault();
          attempt.mutate({ ...claim, oneTimePassword: claim.oneTimePassword.trim(), name: claim.name.trim() });
        }}
      >
        <TextInput
          className={styles.mono ?? ''}
          label="One-time password"
          description="On the terminal that started Pharos, or in a file in its data folder."
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          autoComplete="off"
          spellCheck={false}
          autoFocus
          required
          withAsterisk={false}
          value={claim.oneTimePassword}
          onChange={(event) => change({ oneTimePassword: event.currentTarget.value })}
        />
        <TextInput label="User name" autoComplete="username" required withAsterisk={false} value={claim.name} onChange={(event) => change({ name: event.currentTarget.value })} />
        <div>
          <PasswordInput
            label="Password"
            autoComplete="new-password"
            minLength={shortestPassword}
            required
            withAsterisk={false}
            value={claim.password}
            onChange={(event) => change({ password: event.currentTarget.value })}
          />
          <PasswordStrength password={claim.password} />
        </div>
        {attempt.error !== null && <ErrorNotice error={attempt.error} />}
        <Button type="submit" variant="filled" size="md" fullWidth className={styles.submit ?? ''} disabled={attempt.isPending}>
          Create account and open Pharos
        </Button>
      </form>
    </SignInLayout>
  );
}
