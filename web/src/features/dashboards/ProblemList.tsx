import type { Problem } from '../../api/dashboards';
import styles from './ProblemList.module.css';

/** Everything that a dashboard's file asks for and that is not drawn. */
export function ProblemList({ problems }: { readonly problems: readonly Problem[] }) {
  if (problems.length === 0) {
    return null;
  }
  return (
    <details className={styles.problems}>
      <summary>{problems.length === 1 ? '1 thing that this dashboard asks for is not drawn' : `${problems.length} things that this dashboard asks for are not drawn`}</summary>
      <ul className={styles.list}>
        {problems.map((problem, i) => (
          <li key={i}>
            {whereOf(problem) !== '' && <span className={styles.where}>{`${whereOf(problem)}: `}</span>}
            {problem.message}
          </li>
        ))}
      </ul>
    </details>
  );
}

function whereOf(problem: Problem): string {
  if (problem.variable !== undefined) {
    return `variable ${problem.variable}`;
  }
  if (problem.panelTitle !== undefined && problem.panelTitle !== '') {
    return problem.panelTitle;
  }
  return problem.panelId === undefined ? '' : `panel ${problem.panelId}`;
}
