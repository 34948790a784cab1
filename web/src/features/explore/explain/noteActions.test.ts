import type { ExplainedNode, ExplanationNote } from '../../../api/explain';
import * as analysis from '../../../promql/analysis';
import { noteActions } from './noteActions';
import { node } from './testExplanation';

const note = (kind: ExplanationNote['kind'], more: Partial<ExplanationNote> = {}): ExplanationNote => ({ kind, text: 'x', ...more });
const actions = (query: string, part: Partial<ExplainedNode>, said: ExplanationNote, rest: readonly ExplainedNode[] = []) => {
  const at = node(0, query, { place: { offset: 0, length: query.length }, ...part });
  return noteActions(said, at, [at, ...rest], query, analysis);
};

describe('noteActions', () => {
  it('offers near names, labels and values in place of those that are not there', () => {
    expect(actions('uq{a="b"}', {}, note('unknownMetric', { value: 'uq', nearest: ['up', 'uptime'] }))).toEqual([
      { label: 'up', isCode: true, query: 'up{a="b"}' }, { label: 'uptime', isCode: true, query: 'uptime{a="b"}' },
    ]);
    expect(actions('up{jb="x"}', {}, note('unknownLabel', { label: 'jb', nearest: ['job'] })).map(({ query }) => query)).toEqual(['up{job="x"}']);
    expect(actions('up{job=~"ap"}', {}, note('unknownValue', { label: 'job', value: 'ap', nearest: ['api'] })).map(({ query }) => query)).toEqual(['up{job="api"}']);
  });

  it('offers a window that holds enough samples', () => {
    const range = node(1, 'up[15s]', { parent: 0, kind: 'rangeSelector', place: { offset: 5, length: 7 } });
    const few = note('tooFewSamples', { rangeMs: 15_000, suggestedMs: 60_000 });
    expect(actions('rate(up[15s])', {}, few, [range])).toEqual([{ label: 'Use [1m]', isCode: false, query: 'rate(up[1m])' }]);
    expect(actions('rate(up[15s])', {}, few)).toEqual([]);
    expect(actions('rate(up[15s])', {}, note('tooFewSamples'), [range])).toEqual([]);
  });

  it('offers the matching that gives series partners', () => {
    const lost = note('lostSeries', { join: { left: 2, leftLost: 2, right: 1, rightLost: 1, onlyLeft: [], onlyRight: [], differ: [], suggestion: { text: 'on (job) group_left ()', matches: 2 } } });
    expect(actions('a / b', {}, lost)).toEqual([{ label: 'on (job) group_left ()', isCode: true, query: 'a / on (job) group_left () b' }]);
    expect(actions('a / b', {}, note('lostSeries'))).toEqual([]);
  });

  it('offers the time of the last data', () => {
    expect(actions('up', {}, note('outsideRange', { lastAt: 5000 }))).toEqual([{ label: 'Go to last data', isCode: false, goTo: 5000 }]);
    expect(actions('up', {}, note('outsideRange'))).toEqual([]);
  });

  it('offers nothing where it cannot change the query, or knows nothing', () => {
    expect(actions('up', {}, note('unknownMetric', { value: 'uq', nearest: ['ur'] }))).toEqual([]);
    expect(actions('up > 1', {}, note('filtered', { cause: true }))).toEqual([]);
    expect(noteActions(note('unknownMetric', { value: 'up', nearest: ['x'] }), node(0, 'up'), [], 'up', undefined)).toEqual([]);
  });
});
