import type { ResultSeries } from '../../../api/queryBatch';
import { omit } from '../../../lib/omit';
import { card, clock, high } from '../testAlerts';
import { bandsOf, episodeOf, mergedSteps, momentOf, evidenceQueries, otherParts, seriesOfAlert, sourceOf, sourceRows } from './evidence';

const series = (labels: Record<string, string>, value: number): ResultSeries => ({ labels, name: '', values: Float64Array.of(value) });

it('asks for the value over the range, and at its end for what it is made of', () => {
  expect(evidenceQueries(card).map(({ id, expr, instant }) => [id, expr, instant === true])).toEqual([
    ['value', 'sum(rate(e[5m])) / sum(rate(a[5m]))', false],
    ['now', 'sum(rate(e[5m])) / sum(rate(a[5m]))', true],
    ['left', 'sum(rate(e[5m]))', true],
    ['right', 'sum(rate(a[5m]))', true],
    ['source', 'rate(e[5m])', true],
  ]);
});

it('where nothing is compared, the first thing that is read is drawn', () => {
  const rest = omit(card, 'condition');
  expect(evidenceQueries({ ...rest, sources: ['up{job="a"}'] }).map(({ id }) => id)).toEqual(['value', 'source']);
  expect(evidenceQueries({ ...rest, sources: [] })).toEqual([]);
});

it('a limit that is no number is a line of its own, and other parts are asked too', () => {
  const condition = { left: 'a', operator: '>', right: 'b', parts: [{ expr: 'a > b', operator: '' }, { expr: 'c > 1', operator: 'and' }] };
  expect(evidenceQueries({ ...card, condition }).map(({ id }) => id)).toEqual(['value', 'limit', 'now', 'part1', 'source']);
  expect(otherParts({ ...card, condition })).toEqual([{ index: 1, expr: 'c > 1', operator: 'and' }]);
});

it('of a division the series above the line stand behind it', () => {
  expect(sourceOf(card)).toBe('rate(e[5m])');
  expect(sourceOf({ ...card, sources: ['rate(a[5m])', 'rate(e[5m])'] })).toBe('rate(e[5m])');
});

it('the series of an alert say nothing else than its labels', () => {
  const [own, other, wider] = [series({ pod: 'x2lkq' }, 1), series({ pod: 'm8wzt' }, 2), series({ pod: 'x2lkq', path: '/' }, 3)];
  expect(seriesOfAlert([other, own, wider], high.labels)).toEqual([own]);
  expect(seriesOfAlert([other, wider], high.labels)).toEqual([wider]);
  expect(seriesOfAlert([other], high.labels)).toEqual([other]);
});

it('bands reach from the crossing to firing, and to now while it fires', () => {
  expect(bandsOf('A', card.timeline, clock('11:24:00'))).toEqual([
    { name: 'A', state: 'pending', from: clock('11:10:00'), to: clock('11:15:00') },
    { name: 'A', state: 'firing', from: clock('11:15:00'), to: clock('11:24:00') },
  ]);
});

it('an alert that came back has two firing bands', () => {
  const timeline = [
    { kind: 'firing', time: 10, text: '' },
    { kind: 'resolved', time: 20, text: '' },
    { kind: 'firing', time: 30, text: '' },
  ] as const;
  expect(bandsOf('A', timeline, 40).map(({ from, to }) => [from, to])).toEqual([[10, 20], [30, 40]]);
});

it('what was pending and never fired is no part of the band of a later time', () => {
  const timeline = [
    { kind: 'pending', time: 10, text: '' },
    { kind: 'pending', time: 50, text: '' },
    { kind: 'firing', time: 60, text: '' },
  ] as const;
  expect(bandsOf('A', timeline, 70).map(({ state, from, to }) => [state, from, to])).toEqual([['pending', 50, 60], ['firing', 60, 70]]);
});

it('series behind a rate are parts of a whole, greatest first, told by what differs', () => {
  const rows = sourceRows([series({ app: 'endpoint-stats', path: '/a' }, 1), series({ app: 'endpoint-stats', path: '/b' }, 3), series({ app: 'other', path: '/c' }, 9)], high.labels, true);
  expect(rows.map(({ labels, value, share, size }) => [labels, value, share, size])).toEqual([
    [[['path', '/b']], 3, 0.75, 1],
    [[['path', '/a']], 1, 0.25, 1 / 3],
  ]);
});

it('gauges have no shares, and nothing is divided by zero', () => {
  expect(sourceRows([series({ a: '1' }, 0)], {}, false)).toEqual([{ key: '{"a":"1"}', labels: [['a', '1']], value: 0, size: 0 }]);
  expect(sourceRows([series({ a: '1' }, 0)], {}, true)[0]?.share).toBeUndefined();
});

it('what happened before this time is apart', () => {
  const { current, earlier } = episodeOf([{ kind: 'resolved', time: 5_000, text: '' }, { kind: 'pending', time: 9_500, text: '' }, { kind: 'firing', time: 20_000, text: '' }], 10_000);
  expect([earlier.length, current.length]).toEqual([1, 2]);
});

it('what happened at once is one step, and details that say nothing new are left out', () => {
  const steps = mergedSteps([
    { kind: 'firing', time: 1000, text: 'Firing', detail: '12 % of requests fail' },
    { kind: 'sent', time: 5000, text: 'a was told by slack', detail: 'firing' },
    { kind: 'sent', time: 5400, text: 'b was told by slack', detail: 'firing' },
    { kind: 'failed', time: 5500, text: 'c could not be told', detail: 'status 500' },
    { kind: 'sent', time: 9000, text: 'a was told by slack', detail: 'resolved' },
  ]);
  expect(steps.map(({ kind, time, texts, detail }) => [kind, time, texts, detail])).toEqual([
    ['firing', 1000, ['Firing'], undefined],
    ['sent', 5000, ['a was told by slack', 'b was told by slack'], undefined],
    ['failed', 5500, ['c could not be told'], 'status 500'],
    ['sent', 9000, ['a was told by slack'], 'resolved'],
  ]);
});

it('numbers are those of the end of the range, of an alert that ended those before its end', () => {
  const ended = { ...card, alert: { ...card.alert, resolvedAt: 50_000 } };
  expect([momentOf(card, 90_000), momentOf(ended, 90_000), momentOf(ended, 20_000)]).toEqual([90_000, 49_000, 20_000]);
});
