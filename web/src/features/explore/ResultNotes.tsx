import { IconAlertTriangle, IconInfoCircle } from '@tabler/icons-react';
import type { QueryResult } from '../../api/queryBatch';
import { formatCount } from '../../lib/formatNumber';
import styles from './ExplorePage.module.css';

/** What the server says beside a result: warnings, remarks, and what was left out. */
export function ResultNotes({ results, onAddTopk }: { readonly results: readonly QueryResult[]; onAddTopk(): void }) {
  const several = results.length > 1;
  const notes = results.flatMap(({ id, warnings, infos, limited }) => [
    ...warnings.map((text) => ({ key: `${id} w ${text}`, text: several ? `${id}: ${text}` : text, isWarning: true, isLimit: false })),
    ...infos.map((text) => ({ key: `${id} i ${text}`, text: several ? `${id}: ${text}` : text, isWarning: false, isLimit: false })),
    ...(limited === undefined ? [] : [{ key: `${id} l`, text: `The first ${formatCount(limited.shown)} of ${formatCount(limited.total)} series of ${id}.`, isWarning: true, isLimit: true }]),
  ]);
  return notes.length === 0 ? null : (
    <ul className={styles.notes}>
      {notes.map(({ key, text, isWarning, isLimit }) => (
        <li key={key} data-state={isWarning ? 'warning' : 'info'}>
          {isWarning ? <IconAlertTriangle size={14} stroke={1.6} aria-hidden /> : <IconInfoCircle size={14} stroke={1.6} aria-hidden />}
          <span>{text}</span>
          {isLimit && <button type="button" onClick={onAddTopk}>Add topk</button>}
        </li>
      ))}
    </ul>
  );
}
