import { useEffect } from 'react';
import { ChangePasswordForm } from './ChangePasswordForm';
import { SignInLayout } from './SignInLayout';

/** A password that others know opens this page and nothing else. */
export function ForcedChangePage({ name }: { readonly name: string }) {
  useEffect(() => {
    document.title = 'Choose a password · Pharos';
  }, []);
  return (
    <SignInLayout title="Choose a password of your own." text={`The password of ${name} was given by somebody else, or is a known default.`} foot="Other sessions of this user end.">
      <ChangePasswordForm />
    </SignInLayout>
  );
}
