import { stepThrough } from './queryHistory';

describe('stepThrough', () => {
  it('goes back through what was run, and forward to what was being written', () => {
    const step = stepThrough();
    expect(step(1, 'draft', ['c', 'b', 'a'])).toBe('c');
    expect(step(1, 'c', ['c', 'b', 'a'])).toBe('b');
    expect(step(-1, 'b', ['c', 'b', 'a'])).toBe('c');
    expect(step(-1, 'c', ['c', 'b', 'a'])).toBe('draft');
    expect(step(-1, 'draft', ['c', 'b', 'a'])).toBeUndefined();
  });

  it('skips what stands there already, and ends at the oldest', () => {
    const step = stepThrough();
    expect(step(1, 'b', ['b', 'a'])).toBe('a');
    expect(step(1, 'a', ['b', 'a'])).toBeUndefined();
  });

  it('begins anew with what was written since', () => {
    const step = stepThrough();
    step(1, '', ['b', 'a']);
    expect(step(1, 'other', ['b', 'a'])).toBe('b');
    expect(step(-1, 'b', ['b', 'a'])).toBe('other');
  });
});
