import { cellOf, type CellValue, type Field } from '../frames/frame';

type Reducer = (cells: readonly CellValue[], numbers: readonly number[]) => CellValue;

const sum = (numbers: readonly number[]): number => numbers.reduce((total, value) => total + value, 0);
const orNull = (numbers: readonly number[], value: () => number): number | null => (numbers.length === 0 ? null : value());
const least = (numbers: readonly number[]): number => numbers.reduce((a, b) => Math.min(a, b), Infinity);
const greatest = (numbers: readonly number[]): number => numbers.reduce((a, b) => Math.max(a, b), -Infinity);
const known = (cells: readonly CellValue[]): CellValue[] => cells.filter((cell) => cell !== null);
const firstOf = (numbers: readonly number[]): number => numbers[0] ?? Number.NaN;
const lastOf = (numbers: readonly number[]): number => numbers[numbers.length - 1] ?? Number.NaN;

function median(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  return sorted.length % 2 === 1 ? sorted[Math.floor(middle)] ?? 0 : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2;
}

function variance(numbers: readonly number[]): number {
  const mean = sum(numbers) / numbers.length;
  return numbers.reduce((total, value) => total + (value - mean) ** 2, 0) / numbers.length;
}

/** What a counter grew by, restarts left out. */
function delta(numbers: readonly number[]): number {
  return numbers.reduce((total, value, i) => {
    const before = numbers[i - 1] ?? value;
    return total + (value >= before ? value - before : value);
  }, 0);
}

const reducers: Readonly<Record<string, Reducer>> = {
  lastNotNull: (cells) => known(cells).at(-1) ?? null,
  last: (cells) => cells.at(-1) ?? null,
  firstNotNull: (cells) => known(cells)[0] ?? null,
  first: (cells) => cells[0] ?? null,
  mean: (_cells, numbers) => orNull(numbers, () => sum(numbers) / numbers.length),
  median: (_cells, numbers) => orNull(numbers, () => median(numbers)),
  max: (_cells, numbers) => orNull(numbers, () => greatest(numbers)),
  min: (_cells, numbers) => orNull(numbers, () => least(numbers)),
  sum: (_cells, numbers) => orNull(numbers, () => sum(numbers)),
  count: (cells) => cells.length,
  range: (_cells, numbers) => orNull(numbers, () => greatest(numbers) - least(numbers)),
  diff: (_cells, numbers) => orNull(numbers, () => lastOf(numbers) - firstOf(numbers)),
  diffperc: (_cells, numbers) => orNull(numbers, () => (lastOf(numbers) - firstOf(numbers)) / firstOf(numbers)),
  delta: (_cells, numbers) => orNull(numbers, () => delta(numbers)),
  step: (_cells, numbers) => orNull(numbers.slice(1), () => least(numbers.slice(1).map((value, i) => value - (numbers[i] ?? value)))),
  variance: (_cells, numbers) => orNull(numbers, () => variance(numbers)),
  stdDev: (_cells, numbers) => orNull(numbers, () => Math.sqrt(variance(numbers))),
  allIsZero: (_cells, numbers) => (numbers.length > 0 && numbers.every((value) => value === 0) ? 1 : 0),
  allIsNull: (cells) => (known(cells).length === 0 ? 1 : 0),
  changeCount: (cells) => known(cells).reduce<number>((count, cell, i, all) => count + (i > 0 && cell !== all[i - 1] ? 1 : 0), 0),
  distinctCount: (cells) => new Set(known(cells)).size,
  uniqueValues: (cells) => [...new Set(known(cells))].join(', '),
};

/** How the heads of reduced tables call them. */
const titles: Readonly<Record<string, string>> = {
  lastNotNull: 'Last *', last: 'Last', firstNotNull: 'First *', first: 'First', mean: 'Mean', median: 'Median', max: 'Max', min: 'Min', sum: 'Total', count: 'Count',
  range: 'Range', diff: 'Difference', diffperc: 'Difference percent', delta: 'Delta', step: 'Step', variance: 'Variance', stdDev: 'StdDev',
  allIsZero: 'All zeros', allIsNull: 'All nulls', changeCount: 'Change count', distinctCount: 'Distinct count', uniqueValues: 'All unique values',
};

export function isReducer(id: string): boolean {
  return Object.hasOwn(reducers, id);
}

export function reducerTitle(id: string): string {
  return titles[id] ?? id;
}

/** One value of many; `null` when there is none, and for a reducer that is not known. */
export function reduceCells(cells: readonly CellValue[], id: string): CellValue {
  const reducer = Object.hasOwn(reducers, id) ? reducers[id] : undefined;
  return reducer === undefined ? null : reducer(cells, cells.filter((cell) => typeof cell === 'number'));
}

export function reduceField(field: Field, id: string): CellValue {
  return reduceCells(Array.from({ length: field.values.length }, (_, row) => cellOf(field, row)), id);
}
