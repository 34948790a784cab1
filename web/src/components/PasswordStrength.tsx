import styles from './PasswordStrength.module.css';

/** At least this many characters: the server refuses fewer. */
export const shortestPassword = 8;

const words = ['', 'Too short: at least 8 characters.', 'Enough. Longer is better.', 'Good. Length counts, symbols do not.', 'Very good.'];

/** Four bars by length alone. */
export function PasswordStrength({ password }: { readonly password: string }) {
  const grade = gradeOf(password);
  return (
    <div>
      <div className={styles.bars} data-enough={grade > 1 || undefined} aria-hidden>
        {[1, 2, 3, 4].map((bar) => (
          <span key={bar} className={styles.bar} data-on={bar <= grade || undefined} />
        ))}
      </div>
      <p className={styles.word} aria-live="polite">
        {words[grade] === '' ? `At least ${shortestPassword} characters.` : words[grade]}
      </p>
    </div>
  );
}

function gradeOf(password: string): number {
  if (password === '') {
    return 0;
  }

  return password.length < shortestPassword ? 1 : password.length < 12 ? 2 : password.length < 20 ? 3 : 4;
}
