import { Link } from 'react-router-dom';
import { useStoreStatus, type NamedCount } from '../../api/system';
import { KeyValue } from '../../components/KeyValue';
import { Panel } from '../../components/Panel';
import { QueryView } from '../../components/QueryView';
import { RowTable } from '../../components/RowTable';
import { formatCount } from '../../lib/formatNumber';
import { formatDateTime } from '../../lib/formatTime';
import { formatValue } from '../../lib/formatValue';
import { useZone } from '../../state/zone';
import styles from './StorageSection.module.css';

interface Ranking {
  readonly title: string;
  readonly note: string;
  readonly head: string;
  readonly rows: readonly NamedCount[];
  readonly unit?: string;
  /** A metric name leads to its graph. */
  readonly isMetric?: boolean;
}

/** What the store holds, and which metrics and labels take the room. */
export function StorageSection() {
  const store = useStoreStatus();
  const zone = useZone();
  return (
    <QueryView query={store}>
      {(status) => {
        const { headStats: head } = status;
        const hasTimes = head.maxTime > 0 && head.minTime <= head.maxTime;
        const rankings: readonly Ranking[] = [
          { title: 'Series by metric', note: 'the most', head: 'Metric', rows: status.seriesCountByMetricName, isMetric: true },
          { title: 'Values by label', note: 'different ones', head: 'Label', rows: status.labelValueCountByLabelName },
          { title: 'Series by label pair', note: 'the most', head: 'Label', rows: status.seriesCountByLabelValuePair },
          { title: 'Memory by label', note: 'of names and values', head: 'Label', rows: status.memoryInBytesByLabelName, unit: 'bytes' },
        ];
        return (
          <>
            <Panel title="Newest data" note="still in memory">
              <KeyValue
                left
                rows={[
                  { name: 'Series', value: formatCount(head.numSeries) },
                  { name: 'Label pairs', value: formatCount(head.numLabelPairs) },
                  { name: 'Chunks', value: formatCount(head.chunkCount) },
                  ...(hasTimes ? [{ name: 'From', value: formatDateTime(head.minTime, zone) }, { name: 'To', value: formatDateTime(head.maxTime, zone) }] : []),
                ]}
              />
            </Panel>
            <div className={styles.rankings}>
              {rankings.map((ranking) => (
                <RankingPanel key={ranking.title} ranking={ranking} />
              ))}
            </div>
          </>
        );
      }}
    </QueryView>
  );
}

function RankingPanel({ ranking }: { readonly ranking: Ranking }) {
  const most = Math.max(1, ...ranking.rows.map((row) => row.value));
  return (
    <Panel title={ranking.title} note={ranking.note} flush>
      {ranking.rows.length === 0 ? (
        <p className={styles.none}>Nothing is stored yet.</p>
      ) : (
        <RowTable
          label={ranking.title}
          rows={ranking.rows}
          rowKey={(row) => row.name}
          columns={[
            {
              head: ranking.head,
              render: (row) => (
                <span className={styles.named}>
                  <code>{ranking.isMetric === true ? <Link to={`/query?q=${encodeURIComponent(row.name)}`}>{row.name}</Link> : row.name}</code>
                  <span className={styles.bar} style={{ width: `${(row.value / most) * 100}%` }} aria-hidden />
                </span>
              ),
            },
            { head: ranking.unit === undefined ? 'Number' : 'Size', align: 'right', render: (row) => formatValue(row.value, ranking.unit, { full: true }) },
          ]}
        />
      )}
    </Panel>
  );
}
