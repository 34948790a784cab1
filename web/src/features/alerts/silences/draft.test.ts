import type { Silence } from '../../../api/silences';
import { parseMatchers } from '../../../lib/matchers';
import { down, high, high2, now, silence } from '../testAlerts';
import { draftOf, isBroad, matchersFor, parseSpan, problemOf, silenceOf } from './draft';
import { staysVisible } from './Effect';

const matchers = parseMatchers('alertname="A"').matchers;
const draft = { matchers, duration: '2 hours', comment: '' };

it.each([
  ['2 hours', 7_200_000],
  ['30 minutes', 1_800_000],
  ['1 h 30 m', 5_400_000],
  ['90m', 5_400_000],
  ['1 week', 604_800_000],
  ['1 day', 86_400_000],
  ['', undefined],
  ['soon', undefined],
  ['0s', undefined],
  ['9 years', undefined],
])('%s is %s ms', (text, ms) => {
  expect(parseSpan(text)).toBe(ms);
});

it('fills in the name and what all alerts of the name have in common, but never the severity', () => {
  expect(matchersFor(high, [high, high2, down]).map(({ name, value }) => `${name}=${value}`)).toEqual(['alertname=HighErrorRate', 'app=endpoint-stats']);
  expect(matchersFor(high, [high]).map(({ name }) => name)).toEqual(['alertname', 'app', 'pod']);
});

it('is broad over twenty alerts or without an alertname', () => {
  expect([isBroad(matchers, 20), isBroad(matchers, 21), isBroad(parseMatchers('app="a"').matchers, 1)]).toEqual([false, true, true]);
});

it.each([
  [{ ...draft, matchers: [] }, 0, 'A silence needs a matcher.'],
  [{ ...draft, matchers: parseMatchers('a=""').matchers }, 0, 'One matcher must name something: these hold for every alert that lacks the label.'],
  [{ ...draft, duration: 'x' }, 0, 'How long: 2 hours, 90m, 1 week.'],
  [draft, 21, 'It is broad: say why in the comment.'],
  [{ ...draft, comment: 'upgrade' }, 21, undefined],
  [draft, 2, undefined],
])('%o with %s alerts: %s', (one, hides, problem) => {
  expect(problemOf(one, hides)).toBe(problem);
});

it('ends after its length, and one that is changed keeps its beginning', () => {
  expect(silenceOf(draft, now, 'oncall')).toMatchObject({ startsAt: '2026-11-20T11:24:30.000Z', endsAt: '2026-11-20T13:24:30.000Z', createdBy: 'oncall', comment: '' });
  expect(silenceOf({ ...draft, id: 's1' }, now, 'oncall', silence.startsAt)).toMatchObject({ id: 's1', startsAt: silence.startsAt });
});

it('a living silence is changed by what is left of it, an ended one made again as long as it was', () => {
  expect(draftOf(silence, now)).toMatchObject({ id: 's1', duration: '36 m', comment: 'Jenkins upgrade' });
  const ended: Silence = { ...silence, status: { state: 'expired' } };
  expect(draftOf(ended, now)).toEqual({ matchers: silence.matchers, duration: '51 m', comment: 'Jenkins upgrade' });
  expect(parseSpan(draftOf(ended, now).duration)).toBe(51 * 60_000);
});

it('names what stays visible', () => {
  expect([staysVisible([]), staysVisible([high, high2]), staysVisible([high, down]), staysVisible([high, down, { ...down, name: 'X' }])]).toEqual([
    '', 'HighErrorRate stays visible.', 'HighErrorRate and FlaskAppDown stay visible.', 'HighErrorRate, FlaskAppDown and 1 more stay visible.',
  ]);
});
