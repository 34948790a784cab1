import { Button } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, type ReactNode } from 'react';
import { setSignedOutHandler } from '../../api/http';
import { queryKeys } from '../../api/queryKeys';
import { useSession, type Session } from '../../api/session';
import { ErrorNotice } from '../../components/ErrorNotice';
import { LoadingFrame } from '../../components/LoadingFrame';
import { FirstRunPage } from './FirstRunPage';
import { ForcedChangePage } from './ForcedChangePage';
import styles from './SignInGate.module.css';
import { SignInPage } from './SignInPage';

/** Lets through who is signed in; anybody else sees what they must do first, at the address they wanted. */
export function SignInGate({ children }: { readonly children: ReactNode }) {
  const client = useQueryClient();
  const { data: session, error, refetch } = useSession();
  useEffect(() => {
    setSignedOutHandler(() => {
      const known = client.getQueryData<Session>(queryKeys.session());
      if (known?.signedIn === true) {
        client.setQueryData(queryKeys.session(), { ...known, signedIn: false });
      }
    });
    return () => setSignedOutHandler(undefined);
  }, [client]);
  if (session === undefined) {
    return error === null ? (
      <LoadingFrame height={52} />
    ) : (
      <main className={styles.error}>
        <ErrorNotice error={error} actions={<Button onClick={() => void refetch()}>Try now</Button>} />
      </main>
    );
  }

  if (session.setupNeeded) {
    return <FirstRunPage passwordFile={session.passwordFile} />;
  }

  if (!session.signedIn && session.authMode === 'full') {
    return <SignInPage instance={session.instance} />;
  }

  return session.mustChangePassword === true ? <ForcedChangePage name={session.name ?? ''} /> : children;
}
