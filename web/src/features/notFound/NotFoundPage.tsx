import { Link, useLocation } from 'react-router-dom';
import styles from './NotFoundPage.module.css';

/** For addresses that no page has. */
export function NotFoundPage() {
  const { pathname } = useLocation();
  return (
    <section className={styles.page}>
      <h2 className={styles.title}>There is no page here</h2>
      <p>
        Nothing has the address <code>{pathname}</code>.
      </p>
      <p>
        <Link to="/">Go to the first page</Link>
      </p>
    </section>
  );
}
