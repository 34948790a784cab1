import { parseMatchers } from '../../../lib/matchers';
import { alertOf, answer, groupOf, high, stuck } from '../testAlerts';
import { arrange, type Shown } from './arrange';

const all = parseMatchers('');
const names = (shown: Shown | undefined, filter = ''): readonly string[] => arrange(answer, shown, parseMatchers(filter)).order.map(({ alert }) => alert.fingerprint);

it('reads as the messages go out: sent groups, what would go, what nobody is told, what ended', () => {
  const { told, muted, resolved } = arrange(answer, undefined, all);
  expect(told.map(({ kind, target, labels }) => [kind, target, labels])).toEqual([
    ['told', '#incidents', 'FlaskAppDown · critical'],
    ['told', '#incidents', 'HighErrorRate · critical'],
    ['pending', 'monitoring', 'SlowResponseTime · warning'],
  ]);
  expect(muted.map(({ target, labels }) => [target, labels])).toEqual([['not sent', 'JenkinsQueueStuck · warning']]);
  expect(resolved).toHaveLength(1);
  expect(names(undefined)).toEqual(['a3', 'a1', 'a2', 'a4', 'a5', 'a6']);
});

it.each([
  ['firing', ['a3', 'a1', 'a2']],
  ['pending', ['a4']],
  ['silenced', ['a5']],
] as const)('the count %s shows only those', (shown, expected) => {
  expect(names(shown)).toEqual(expected);
});

it('matchers look at labels, words at everything that is read', () => {
  expect(names(undefined, 'severity="warning"')).toEqual(['a4', 'a5']);
  expect(names(undefined, 'x2lkq')).toEqual(['a1']);
  expect(names(undefined, 'flaskappdown is')).toEqual(['a3']);
});

it('an alert that goes to two receivers stands in both groups, a muted one once', () => {
  const twice = arrange({ ...answer, groups: [groupOf([high, stuck]), groupOf([high, stuck], { receiver: 'b' })], pending: [], resolved: [] }, undefined, all);
  expect(twice.order.map(({ key }) => key)).toEqual(['g0/a1', 'g1/a1', expect.stringContaining('/a5')]);
});

it('what pends for nobody says so', () => {
  const pending = alertOf('Lonely', { state: 'pending', receivers: [] });
  expect(arrange({ ...answer, groups: [], pending: [pending] }, 'pending', all).told[0]?.target).toBe('nobody');
});
