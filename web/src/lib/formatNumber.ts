export const NBSP = '\u00a0';

/** Three significant digits and no needless zeros: 12.4, 0.61, 1,204. The decimal point and comma are the same in every locale: people paste them. */
export function formatSignificant(value: number, digits = 3): string {
  const magnitude = Math.abs(value);
  if (magnitude !== 0 && (magnitude < 1e-6 || magnitude >= 1e15)) {
    return value.toExponential(digits - 1).replace(/\.?0+e/, 'e').replace('e+', 'e');
  }

  if (magnitude >= 10 ** (digits - 1)) {
    return withCommas(value.toFixed(0));
  }

  const text = value.toPrecision(digits);
  return withoutTrailingZeros(text.includes('e') ? Number(text).toFixed(digits + 6) : text);
}

/** With just so many decimals, for columns and axes. */
export function formatFixed(value: number, decimals: number): string {
  const text = withCommas(value.toFixed(Math.min(Math.max(decimals, 0), 20)));
  return /^-[0.]+$/.test(text) ? text.slice(1) : text;
}

/** A whole count in full: 41,206. */
export function formatCount(value: number): string {
  return withCommas(Math.round(value).toFixed(0));
}

function withCommas(text: string): string {
  const [whole = '', fraction] = text.split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  return fraction === undefined ? grouped : `${grouped}.${fraction}`;
}

function withoutTrailingZeros(text: string): string {
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text;
}
