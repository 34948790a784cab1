import { IconAlertTriangle, IconInfoCircle } from '@tabler/icons-react';
import type { QueryRemark, QueryResult } from '../../api/queryBatch';
import { cutMiddle } from '../../lib/cutMiddle';
import { formatCount } from '../../lib/formatNumber';
import styles from './ExplorePage.module.css';

interface ResultNotesProps {
  readonly results: readonly QueryResult[];
  onAddTopk(): void;
  /** Goes to a part of a query. */
  onPlace(letter: string, place: NonNullable<QueryRemark['place']>): void;
}

const longestPart = 40;

/** What the server says beside a result: warnings first, then what is good to know, and what was left out. */
export function ResultNotes({ results, onAddTopk, onPlace }: ResultNotesProps) {
  const several = results.length > 1;
  const told = (result: QueryResult, remarks: readonly QueryRemark[], state: 'warning' | 'info') => remarks.map((remark) => ({ result, remark, state }));
  const remarks = [...results.flatMap((result) => told(result, result.warnings, 'warning')), ...results.flatMap((result) => told(result, result.infos, 'info'))];
  const limited = results.flatMap((result) => (result.limited === undefined ? [] : [{ id: result.id, ...result.limited }]));
  return remarks.length + limited.length === 0 ? null : (
    <ul className={styles.notes}>
      {limited.map(({ id, shown, total }) => (
        <li key={id} data-state="warning">
          <IconAlertTriangle size={14} stroke={1.6} aria-hidden />
          <span>{`The first ${formatCount(shown)} of ${formatCount(total)} series of ${id}.`}</span>
          <button type="button" onClick={onAddTopk}>Add topk</button>
        </li>
      ))}
      {remarks.map(({ result: { id, expr }, remark: { text, place }, state }) => (
        <li key={`${id} ${state} ${text}`} data-state={state}>
          {state === 'warning' ? <IconAlertTriangle size={14} stroke={1.6} aria-label="Warning" role="img" /> : <IconInfoCircle size={14} stroke={1.6} aria-label="Good to know" role="img" />}
          <span>{several ? `${id}: ${text}` : text}</span>
          {place !== undefined && place.length > 0 && (
            <button type="button" onClick={() => onPlace(id, place)} title="Show it in the query">
              <code>{cutMiddle(expr.slice(place.offset, place.offset + place.length), longestPart)}</code>
            </button>
          )}
        </li>
      ))}
    </ul>
  );
}
