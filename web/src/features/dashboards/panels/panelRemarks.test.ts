import type { QueryResult, ResultSeries } from '../../../api/queryBatch';
import { isHistograms, remarksOf, remarksSentence } from './panelRemarks';

const number: ResultSeries = { labels: {}, name: 'a', values: Float64Array.from([1]) };
const histogram: ResultSeries = { labels: {}, name: 'h', values: Float64Array.from([Number.NaN]), histogram: { values: 1, step: 0, count: 1, sum: 1, buckets: [] } };
const result = (more: Partial<QueryResult>): QueryResult => ({
  id: 'A', step: 1, t0: 0, steps: 1, expr: 'rate(up[5m])', series: [number], meta: { series: 1, points: 1, samples: 1, durationMs: 1 }, warnings: [], infos: [], ...more,
});

describe('remarksOf', () => {
  it('says each thing once, warnings first, with the part of the query it is about', () => {
    const info = { text: 'not a counter', place: { offset: 5, length: 2 } };
    const remarks = remarksOf([result({ infos: [info] }), result({ infos: [info], warnings: [{ text: 'slow' }, { text: 'at the end', place: { offset: 12, length: 0 } }] })]);
    expect(remarks).toEqual([{ text: 'slow', isWarning: true }, { text: 'at the end', isWarning: true }, { text: 'not a counter', part: 'up', isWarning: false }]);
    expect(remarksSentence(remarks)).toBe('slow\nat the end\nnot a counter');
  });

  it('counts the histograms that are left out beside numbers', () => {
    expect(remarksOf([result({ series: [number, histogram] })]).map(({ text }) => text)).toEqual(['1 series is a native histogram and is not drawn.']);
    expect(remarksOf([result({}), result({ series: [histogram, histogram] })]).map(({ text }) => text)).toEqual(['2 series are native histograms and are not drawn.']);
    expect(remarksOf([result({ series: [histogram] })])).toEqual([]);
  });
});

describe('isHistograms', () => {
  it('holds where nothing else came', () => {
    expect([isHistograms([result({ series: [histogram] })]), isHistograms([result({})]), isHistograms([result({ series: [] })]), isHistograms([])]).toEqual([true, false, false, false]);
  });
});
