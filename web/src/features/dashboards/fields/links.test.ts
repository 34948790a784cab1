import { linkAddress } from './links';
import { tableFrame } from './testFrames';

const frame = tableFrame({ pod: ['a b', 'c'], value: [1.5, 2] });
const field = frame.fields[1] ?? frame.fields[0];
const context = { from: 1, to: 2, variables: 'var-x=1' };
const address = (url: string, row = 0) => (field === undefined ? undefined : linkAddress({ title: '', url }, frame, field, row, context));

describe('linkAddress', () => {
  it('fills in values, other fields, the range and the variables', () => {
    expect(address('/d/pod?var-pod=${__data.fields.pod}&v=${__value.raw}&${__url_time_range}&${__all_variables}')).toBe('/d/pod?var-pod=a%20b&v=1.5&from=1&to=2&var-x=1');
    expect(address('/d/x?p=${__data.fields["pod"]}&q=${__data.fields[0]}', 1)).toBe('/d/x?p=c&q=c');
  });

  it('leads nowhere but to pages', () => {
    expect(address('javascript:alert(1)')).toBeUndefined();
  });
});
