import { useSearchParams } from 'react-router-dom';
import styles from './variables/VariableBar.module.css';

interface AnnotationTogglesProps {
  readonly bands: boolean;
  readonly marks: boolean;
}

/** Whether alerts and deploys are marked in the graphs. */
export function AnnotationToggles({ bands, marks }: AnnotationTogglesProps) {
  const [, setParams] = useSearchParams();
  const toggle = (name: 'alerts' | 'deploys') => {
    setParams((old) => {
      const next = new URLSearchParams(old);
      if (next.get(name) === 'off') {
        next.delete(name);
      } else {
        next.set(name, 'off');
      }
      return next;
    }, { replace: true });
  };
  return (
    <>
      <button type="button" className={styles.toggle} aria-pressed={bands} onClick={() => { toggle('alerts'); }}><span className={styles.band} aria-hidden />alerts</button>
      <button type="button" className={styles.toggle} aria-pressed={marks} onClick={() => { toggle('deploys'); }}><span className={styles.mark} aria-hidden />deploys</button>
    </>
  );
}
