import { withLabel, withMatching, withMetric, withValue, withWindow } from './queryEdits';

const at = (query: string, part: string) => ({ offset: query.indexOf(part), length: part.length });

describe('withMetric', () => {
  it.each([
    ['rate(uq[5m]) / uq', 'uq', 'rate(up[5m]) / uq'],
    ['uq{job="uq"}', 'uq', 'up{job="uq"}'],
    ['{__name__="uq", job="a"}', '{', '{__name__="up", job="a"}'],
    ['{"uq", job="a"}', '{', '{"up", job="a"}'],
  ])('renames the metric of one selector: %s', (query, part, wanted) => {
    expect(withMetric(query, at(query, part), 'uq', 'up')).toBe(wanted);
  });

  it.each([
    ['uq', '{"up.time"}'],
    ['uq{}', '{"up.time"}'],
    ['uq{job="a"}[5m]', '{"up.time", job="a"}[5m]'],
  ])('quotes a name that must be: %s', (query, wanted) => {
    expect(withMetric(query, { offset: 0, length: 2 }, 'uq', 'up.time')).toBe(wanted);
  });

  it('leaves alone what has another name, or is no selector', () => {
    expect(withMetric('up', { offset: 0, length: 2 }, 'uq', 'ur')).toBeUndefined();
    expect(withMetric('1 + 2', { offset: 0, length: 1 }, 'uq', 'ur')).toBeUndefined();
    expect(withMetric('{job="uq"}', { offset: 0, length: 10 }, 'uq', 'ur')).toBeUndefined();
  });
});

describe('withLabel', () => {
  it('renames the label, also in quotes, also to one that needs them', () => {
    expect(withLabel('up{jb="jb"}', { offset: 0, length: 11 }, 'jb', 'job')).toBe('up{job="jb"}');
    expect(withLabel('up{"j.b"=~"x"}', { offset: 0, length: 14 }, 'j.b', 'job.x')).toBe('up{"job.x"=~"x"}');
    expect(withLabel('up{jb="jb"}', { offset: 0, length: 11 }, 'job', 'x')).toBeUndefined();
  });
});

describe('withValue', () => {
  it('asks for just that value, whatever it was compared by', () => {
    expect(withValue('up{job="x", job =~ "a.*"}', { offset: 0, length: 25 }, 'job', 'a.*', 'b"c')).toBe('up{job="x", job="b\\"c"}');
    expect(withValue('up{job="x"}', { offset: 0, length: 11 }, 'job', 'y', 'z')).toBeUndefined();
  });
});

describe('withWindow', () => {
  it('widens the window of one range selector', () => {
    const query = 'rate(a[15s]) + rate(b{x="[1m]"}[15s] offset 1h)';
    expect(withWindow(query, at(query, 'b{'), '1m')).toBe('rate(a[15s]) + rate(b{x="[1m]"}[1m] offset 1h)');
    expect(withWindow('up', { offset: 0, length: 2 }, '1m')).toBeUndefined();
  });
});

describe('withMatching', () => {
  it.each([
    ['a / b', 'a / on (job) b'],
    ['a > bool b', 'a > bool on (job) b'],
    ['(a) / ignoring (x) group_left (y) (b)', '(a) / on (job) (b)'],
  ])('says how the sides meet: %s', (query, wanted) => {
    expect(withMatching(query, { offset: 0, length: query.length }, 'on (job)')).toBe(wanted);
  });

  it('changes the operator that is meant', () => {
    expect(withMatching('a / b - c', { offset: 0, length: 5 }, 'on (job)')).toBe('a / on (job) b - c');
    expect(withMatching('a / b - c', { offset: 0, length: 9 }, 'on (job)')).toBe('a / b - on (job) c');
    expect(withMatching('a', { offset: 0, length: 1 }, 'on (job)')).toBeUndefined();
  });
});
