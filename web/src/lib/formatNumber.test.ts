import { formatCount, formatFixed, formatSignificant } from './formatNumber';
import { plural } from './plural';

describe('formatSignificant', () => {
  it.each([
    [0, '0'],
    [12.43, '12.4'],
    [0.6149, '0.615'],
    [13.0, '13'],
    [100, '100'],
    [1204.4, '1,204'],
    [-1204567, '-1,204,567'],
    [0.000123456, '0.000123'],
    [1e-9, '1e-9'],
    [1.5e20, '1.5e20'],
    [99.96, '100'],
    [999.6, '1,000'],
  ])('of %d', (value, expected) => {
    expect(formatSignificant(value)).toBe(expected);
  });
});

it('fixed decimals never show a negative zero', () => {
  expect(formatFixed(-0.0001, 2)).toBe('0.00');
  expect(formatFixed(1234.5, 1)).toBe('1,234.5');
});

it('a count has its noun, singular and plural', () => {
  expect([plural(1, 'line'), plural(4, 'line'), plural(1, 'series', 'series'), plural(41206, 'series', 'series')]).toEqual(['1 line', '4 lines', '1 series', '41,206 series']);
  expect(formatCount(1e6)).toBe('1,000,000');
});
