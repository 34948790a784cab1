import { hasNumbers, type QueryRemark, type QueryResult } from '../../../api/queryBatch';
import { plural } from '../../../lib/plural';

/** What the server said of a query of a panel. */
export interface PanelRemark {
  readonly text: string;
  /** The part of the query that it is about. */
  readonly part?: string;
  readonly isWarning: boolean;
}

/** What is said of the queries of a panel, each thing once, warnings first, and what of their series a panel cannot draw. */
export function remarksOf(results: readonly QueryResult[]): readonly PanelRemark[] {
  const remarks = new Map<string, PanelRemark>();
  const add = ({ text, place }: QueryRemark, expr: string, isWarning: boolean): void => {
    if (!remarks.has(text)) {
      remarks.set(text, { text, isWarning, ...(place === undefined || place.length === 0 ? {} : { part: expr.slice(place.offset, place.offset + place.length) }) });
    }
  };
  results.forEach(({ expr, warnings }) => { warnings.forEach((remark) => { add(remark, expr, true); }); });
  const left = results.reduce((count, { series }) => count + series.filter((one) => !hasNumbers(one)).length, 0);
  if (left > 0 && !isHistograms(results)) {
    add({ text: `${plural(left, 'series', 'series')} ${left === 1 ? 'is a native histogram and is' : 'are native histograms and are'} not drawn.` }, '', true);
  }

  results.forEach(({ expr, infos }) => { infos.forEach((remark) => { add(remark, expr, false); }); });
  return [...remarks.values()];
}

/** Whether everything that came is native histograms: nothing of it is a line or a figure. */
export function isHistograms(results: readonly QueryResult[]): boolean {
  const all = results.flatMap(({ series }) => series);
  return all.length > 0 && !all.some(hasNumbers);
}

export function remarksSentence(remarks: readonly PanelRemark[]): string {
  return remarks.map(({ text }) => text).join('\n');
}
