import { labelsKey, sinceOf } from './useTargetFigures';

const answer = (values: readonly number[]) => ({
  id: 'day', expr: 'up', t0: 1000, step: 60_000, steps: values.length, warnings: [], infos: [], meta: { series: 1, points: 1, samples: 1, durationMs: 1 },
  series: [{ name: '', labels: { __name__: 'up', job: 'a', instance: 'b' }, values: Float64Array.from(values) }],
});
const key = labelsKey({ instance: 'b', job: 'a' });

describe('sinceOf', () => {
  it('begins with the first zero after the last one', () => {
    expect(sinceOf(answer([0, 1, 1, 0, 0])).get(key)).toBe(1000 + 3 * 60_000);
  });

  it('begins with the first sample of a target that never was up', () => {
    expect(sinceOf(answer([Number.NaN, 0, 0])).get(key)).toBe(61_000);
  });

  it('says nothing of one that is up, or without samples', () => {
    expect(sinceOf(answer([0, 1])).size).toBe(0);
    expect(sinceOf(answer([Number.NaN])).size).toBe(0);
    expect(sinceOf(undefined).size).toBe(0);
  });
});
