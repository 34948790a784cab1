import { useState } from 'react';
import { changePassword } from '../../api/session';
import { useSessionChange } from '../../api/useSessionChange';
import { ChangePasswordForm } from '../../components/ChangePasswordForm';
import { toast } from '../../state/toasts';
import styles from './PasswordSection.module.css';

/** The own password. */
export function PasswordSection() {
  const attempt = useSessionChange(changePassword);
  const [changes, setChanges] = useState(0);
  return (
    <div className={styles.form}>
      <p>Other sessions of yours end with the change.</p>
      <ChangePasswordForm
        key={changes}
        error={attempt.error}
        isPending={attempt.isPending}
        onSubmit={(passwords) =>
          attempt.mutate(passwords, {
            onSuccess: () => {
              setChanges(changes + 1);
              toast('The password is changed');
            },
          })
        }
      />
    </div>
  );
}
