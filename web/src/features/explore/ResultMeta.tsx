import { QueryMeta } from '../../components/QueryMeta';
import styles from './ExplorePage.module.css';
import type { Answered } from './useResults';

/** What each query gave and cost. */
export function ResultMeta({ answered, isTold }: { readonly answered: Answered | undefined; /** With several queries, whose it is. */ readonly isTold: boolean }) {
  const good = (answered?.results ?? []).filter(({ error }) => error === undefined);
  return (
    <div className={styles.metas}>
      {good.map((result) => (
        <div key={result.id} className={styles.meta}>
          {isTold && <strong>{result.id}</strong>}
          <QueryMeta
            series={result.meta.series} points={result.meta.points} samples={result.meta.samples} durationMs={result.meta.durationMs}
            {...(result.steps > 1 ? { stepMs: result.step, scrapeIntervalMs: result.meta.scrapeIntervalMs } : {})}
          />
        </div>
      ))}
    </div>
  );
}
