import type { ReactNode } from 'react';
import { Logo } from '../../components/Logo';
import styles from './SignInLayout.module.css';

interface SignInLayoutProps {
  readonly title: string;
  readonly text?: ReactNode;
  /** The form. */
  readonly children: ReactNode;
  /** At the foot of the form's half. */
  readonly foot?: ReactNode;
  /** The right half: absent, the form stands alone. */
  readonly aside?: ReactNode;
}

/** What is shown while nobody is signed in: the form on the left, what belongs to it on the right. */
export function SignInLayout({ title, text, children, foot, aside }: SignInLayoutProps) {
  return (
    <div className={styles.layout} data-alone={aside === undefined || undefined}>
      <main className={styles.form}>
        <p className={styles.logo}>
          <Logo /> Pharos
        </p>
        <h1 className={styles.title}>{title}</h1>
        {text !== undefined && <p className={styles.text}>{text}</p>}
        {children}
        <div className={styles.foot}>{foot}</div>
      </main>
      {aside !== undefined && <aside className={styles.aside}>{aside}</aside>}
    </div>
  );
}
