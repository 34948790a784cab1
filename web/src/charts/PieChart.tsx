import { ringPath } from './arc';
import styles from './PieChart.module.css';

export interface PieSlice {
  readonly key: string;
  readonly name: string;
  readonly value: number;
  readonly text: string;
  readonly color: string;
}

interface PieChartProps {
  readonly title: string;
  readonly slices: readonly PieSlice[];
  readonly donut: boolean;
  /** What stands beside a name, in this order. */
  readonly shows: readonly ('value' | 'percent')[];
  readonly legend: 'right' | 'bottom' | 'none';
}

/** Shares of a whole. What is not above zero has no share, but stays in the list. */
export function PieChart({ title, slices, donut, shows, legend }: PieChartProps) {
  const pieces = pieShares(slices);
  const told = pieces.map(({ slice, share }) => `${slice.name} ${percentText(share)}`).join(', ');
  return (
    <div className={styles.pie} data-placement={legend}>
      <svg viewBox="0 0 120 120" role="img" aria-label={`${title}: ${told}`}>
        {pieces.map(({ slice, from, share }) => (
          <path key={slice.key} className={styles.slice} d={ringPath(60, 60, 56, donut ? 34 : 0, from, from + share)} fill={slice.color}>
            <title>{`${slice.name}: ${slice.text}, ${percentText(share)}`}</title>
          </path>
        ))}
      </svg>
      {legend !== 'none' && (
        <ul className={styles.legend}>
          {pieces.map(({ slice, share }) => (
            <li key={slice.key}>
              <span className={styles.swatch} style={{ background: slice.color }} />
              <span className={styles.name} title={slice.name}>{slice.name}</span>
              {shows.map((what) => <span key={what} className={styles.value}>{what === 'value' ? slice.text : percentText(share)}</span>)}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

/** The turns at which each slice begins and how many it takes, 0 – 1. */
export function pieShares(slices: readonly PieSlice[]): { slice: PieSlice; from: number; share: number }[] {
  const size = (slice: PieSlice): number => (Number.isFinite(slice.value) ? Math.max(0, slice.value) : 0);
  const total = slices.reduce((sum, slice) => sum + size(slice), 0);
  let from = 0;
  return slices.map((slice) => {
    const share = total === 0 ? 0 : size(slice) / total;
    const piece = { slice, from, share };
    from += share;
    return piece;
  });
}

function percentText(share: number): string {
  const percent = share * 100;
  return `${percent === 0 || percent >= 10 ? percent.toFixed(0) : percent.toFixed(1)}\u00a0%`;
}
