import { instantColumns } from './instantColumns';

describe('instantColumns', () => {
  it('puts what differs before the value and what is alike behind it', () => {
    expect(instantColumns([{ __name__: 'up', job: 'a', zone: 'x' }, { __name__: 'up', job: 'b', zone: 'x' }])).toEqual({ telling: ['job'], common: ['__name__', 'zone'] });
  });

  it('lets a label that only some have differ', () => {
    expect(instantColumns([{ a: 'x', b: 'y' }, { a: 'x' }]).telling).toEqual(['b']);
  });

  it('shows everything of a single series, the metric first', () => {
    expect(instantColumns([{ job: 'a', __name__: 'up' }]).telling).toEqual(['__name__', 'job']);
  });
});
