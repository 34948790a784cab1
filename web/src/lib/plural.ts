import { formatCount } from './formatNumber';

/** A count with its noun: "1 series", "41,206 lines". `many` where an s does not make the plural. */
export function plural(count: number, one: string, many = `${one}s`): string {
  return `${formatCount(count)} ${count === 1 ? one : many}`;
}
