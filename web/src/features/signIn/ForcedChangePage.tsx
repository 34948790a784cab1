import { useEffect } from 'react';
import { changePassword } from '../../api/session';
import { useSessionChange } from '../../api/useSessionChange';
import { ChangePasswordForm } from '../../components/ChangePasswordForm';
import { SignInLayout } from './SignInLayout';

/** A password that others know opens this page and nothing else. */
export function ForcedChangePage({ name }: { readonly name: string }) {
  const attempt = useSessionChange(changePassword);
  useEffect(() => {
    document.title = 'Choose a password · Pharos';
  }, []);
  return (
    <SignInLayout title="Choose a password of your own." text={`The password of ${name} was given by somebody else, or is a known default.`} foot="Other sessions of this user end.">
      <ChangePasswordForm error={attempt.error} isPending={attempt.isPending} onSubmit={attempt.mutate} />
    </SignInLayout>
  );
}
