import type { ListedDashboard } from '../../../api/dashboards';
import { alertOf, clock } from '../testAlerts';
import { dashboardAddress } from './dashboardAddress';
import { expressionAddress } from './expressionAddress';
import { whoGotNothing } from './whoGotNothing';

const board = (uid: string, tags: readonly string[] = []): ListedDashboard => ({ uid, title: uid, slug: `${uid}-slug`, folder: '', tags, panels: 1, origin: 'file', editable: false, problems: 0, version: 1 });
const at = clock('11:15:00');

it('the dashboard that the rule names comes first, then one that bears the name of the application', () => {
  const boards = [board('other', ['endpoint-stats']), board('endpoint-stats'), board('named')];
  const labels = { job: 'endpoint-stats' };
  expect(dashboardAddress(alertOf('A', { labels, annotations: { __dashboardUid__: 'named' } }), boards, at)).toMatch(/^\/d\/named\/named-slug\?from=\d+&to=\d+$/);
  expect(dashboardAddress(alertOf('A', { labels }), boards, at)).toMatch(/^\/d\/endpoint-stats\//);
  expect(dashboardAddress(alertOf('A', { labels }), [boards[0] ?? board('x')], at)).toMatch(/^\/d\/other\//);
  expect(dashboardAddress(alertOf('A', { labels: { job: 'jenkins' } }), boards, at)).toBeUndefined();
});

it('an expression opens around the time at which the alert began', () => {
  const address = new URL(expressionAddress('a > 1', at), 'http://x');
  expect([address.pathname, address.searchParams.get('q'), Number(address.searchParams.get('from')) < at, Number(address.searchParams.get('to')) > at]).toEqual(['/query', 'a > 1', true, true]);
});

it('receivers that no route led to are named once, with their reason', () => {
  const route = (receiver: string, matched: boolean, reason = 'no') => ({ receiver, matched, continue: false, reason });
  expect(whoGotNothing([route('a', false, 'first'), route('a', false), route('b', false), route('b', true)])).toEqual({ nobody: false, missed: [{ receiver: 'a', reason: 'first' }] });
  expect(whoGotNothing([route('a', false)]).nobody).toBe(true);
});
