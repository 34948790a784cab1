import { useEffect, useState } from 'react';
import styles from './TopLine.module.css';

/** Nothing for 300 ms, then a 2 px line along the top of what is loading. Its parent is positioned. */
export function TopLine({ active }: { readonly active: boolean }) {
  const [late, setLate] = useState(false);
  useEffect(() => {
    if (!active) {
      return undefined;
    }

    const timer = setTimeout(() => setLate(true), 300);
    return () => {
      clearTimeout(timer);
      setLate(false);
    };
  }, [active]);
  return active && late ? <div className={styles.line} role="progressbar" aria-label="Loading" /> : null;
}
