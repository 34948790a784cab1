import type { ListedDashboard } from '../../../api/dashboards';
import { countTags, groupDashboards } from './groupDashboards';

const listed = (title: string, folder: string, tags: string[] = []): ListedDashboard => ({
  uid: title, title, slug: title, folder, tags, panels: 1, origin: 'file', editable: false, problems: 0, version: 1,
});
const all = [listed('Nodes', 'System', ['node']), listed('API 10', 'Apps', ['http', 'node']), listed('API 9', 'Apps', ['http']), listed('Home', '')];

describe('groupDashboards', () => {
  it('stands in folders, both by name', () => {
    expect(groupDashboards(all, '', []).map(({ name, dashboards }) => [name, dashboards.map(({ title }) => title)])).toEqual([['', ['Home']], ['Apps', ['API 9', 'API 10']], ['System', ['Nodes']]]);
  });

  it('finds by every word of title, folder or tag', () => {
    expect(groupDashboards(all, 'apps NODE', []).flatMap(({ dashboards }) => dashboards.map(({ title }) => title))).toEqual(['API 10']);
    expect(groupDashboards(all, 'nothing', [])).toEqual([]);
  });

  it('keeps what has all tags', () => {
    expect(groupDashboards(all, '', ['http', 'node']).flatMap(({ dashboards }) => dashboards)).toHaveLength(1);
  });
});

describe('countTags', () => {
  it('begins with the most used', () => {
    expect(countTags(all)).toEqual([{ tag: 'http', count: 2 }, { tag: 'node', count: 2 }]);
  });
});
