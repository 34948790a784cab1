import { Fragment, useState } from 'react';
import type { AlertCardAnswer } from '../../../api/alerts';
import type { QueryResult } from '../../../api/queryBatch';
import { Panel } from '../../../components/Panel';
import { plural } from '../../../lib/plural';
import { sourceRows } from './evidence';
import styles from './SeriesBehind.module.css';
import { oneLine } from './units';

/** Shown before all are asked for, and at most. */
const first = 5;
const most = 200;

interface SeriesBehindProps {
  readonly card: AlertCardAnswer;
  readonly result: QueryResult | undefined;
  format(value: number): string;
}

/** The series that the value is made of, greatest first. */
export function SeriesBehind({ card, result, format }: SeriesBehindProps) {
  const [isAll, setAll] = useState(false);
  if (result === undefined || result.error !== undefined || result.series.length === 0) {
    return null;
  }

  // A rate or a count is a part of the whole; a gauge or a share is not.
  const rows = sourceRows(result.series, card.alert.labels, /^(?:rate|irate|increase|delta|sum_over_time)\s*\(/.test(result.expr));
  const above = rows.filter((row) => row.value > 0).length;
  const shown = isAll ? rows.slice(0, most) : rows.slice(0, first);
  return (
    <>
      <div className={styles.head}>
        <h3 className={styles.title}>Series behind it</h3>
        <span className={styles.note} title={result.expr}>
          {above === rows.length ? plural(rows.length, 'series', 'series') : `${above} of ${plural(rows.length, 'series', 'series')} above zero`} of <code>{oneLine(result.expr)}</code>
        </span>
        {rows.length > first && <button type="button" className={styles.all} onClick={() => setAll(!isAll)}>{isAll ? `First ${first}` : `All ${rows.length}`}</button>}
      </div>
      <Panel flush>
        <table className={styles.table} aria-label="Series behind it">
          <tbody>
            {shown.map((row) => (
              <tr key={row.key}>
                <th scope="row" className={styles.labels}>
                  {row.labels.length === 0 ? 'all' : row.labels.map(([name, value], index) => (
                    <Fragment key={name}>{index > 0 && ', '}{name}=&quot;{value}&quot;</Fragment>
                  ))}
                </th>
                <td className={styles.bar} aria-hidden>
                  <span className={styles.track}><span className={styles.fill} style={{ width: `${row.size * 100}%` }} /></span>
                </td>
                <td className={styles.value}>{format(row.value)}</td>
                {row.share !== undefined && <td className={styles.share}>{Math.round(row.share * 100)} %</td>}
              </tr>
            ))}
          </tbody>
        </table>
      </Panel>
      {isAll && rows.length > most && <p className={styles.note}>{most} of {plural(rows.length, 'series', 'series')}, the greatest.</p>}
    </>
  );
}
