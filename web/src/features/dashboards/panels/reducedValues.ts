import { flagOf, type Json, numberOf, objectOf, textOf, textsOf } from '../../../lib/readUnknown';
import { displayNameOf } from '../fields/displayName';
import { displayValue, type DisplayValue } from '../fields/display';
import { regexOf } from '../fields/fieldConfig';
import { reduceField } from '../fields/reducers';
import { cellOf, type CellValue, type Field, type Frame } from '../frames/frame';

/** One value to be shown big: of a series its reduction, of a table a row. */
export interface ReducedValue {
  readonly key: string;
  readonly name: string;
  readonly field: Field;
  readonly frame: Frame;
  readonly row: number;
  readonly value: CellValue;
  readonly display: DisplayValue;
}

const mostValues = 60;

/** What a stat, gauge, bar gauge or pie shows of its frames, as `reduceOptions` say. */
export function reducedValues(frames: readonly Frame[], options: unknown, zone: string): ReducedValue[] {
  const reduce = objectOf(objectOf(options)['reduceOptions']);
  const wanted = fieldTest(reduce);
  const calc = textsOf(reduce['calcs'])[0] ?? 'lastNotNull';
  const everyRow = flagOf(reduce['values']);
  const limit = Math.min(numberOf(reduce['limit']) ?? mostValues, mostValues);
  const values = frames.flatMap((frame) => frame.fields.filter((field) => wanted(frame, field)).flatMap((field) => (
    everyRow ? rowsOf(frame, field, zone) : [ofField(frame, field, calc, zone)])));
  return values.slice(0, limit).map((value, i) => ({ ...value, key: `${i} ${value.name}` }));
}

function fieldTest(reduce: Json): (frame: Frame, field: Field) => boolean {
  const wish = textOf(reduce['fields']) ?? '';
  if (wish === '') {
    return (_frame, field) => field.kind === 'number';
  }
  const pattern = wish.startsWith('/') ? regexOf(wish) : undefined;
  return (frame, field) => {
    const name = displayNameOf(frame, field);
    return pattern === undefined ? name === wish || field.name === wish : pattern.test(name);
  };
}

type Unkeyed = Omit<ReducedValue, 'key'>;

function ofField(frame: Frame, field: Field, calc: string, zone: string): Unkeyed {
  const value = reduceField(field, calc);
  const isNaNValue = value === null && field.notNumbers?.has(field.values.length - 1) === true;
  return { name: displayNameOf(frame, field), field, frame, row: Math.max(0, frame.length - 1), value, display: displayValue(field.config, value, { zone }, isNaNValue) };
}

/** Rows are named by the texts in them, and by their column when there are several. */
function rowsOf(frame: Frame, field: Field, zone: string): Unkeyed[] {
  const texts = frame.fields.filter((candidate) => candidate.kind === 'string' && candidate !== field);
  const numbers = frame.fields.filter((candidate) => candidate.kind === 'number').length;
  return Array.from({ length: Math.min(frame.length, mostValues) }, (_, row) => {
    const value = cellOf(field, row);
    const words = texts.map((candidate) => cellOf(candidate, row)).filter((cell) => cell !== null);
    const own = displayNameOf(frame, field);
    const name = words.length === 0 ? own : [...words, ...(numbers > 1 ? [own] : [])].join(' ');
    return { name, field, frame, row, value, display: displayValue(field.config, value, { zone }, field.notNumbers?.has(row) === true) };
  });
}

/** The borders of a gauge or bar: the field's, else those of all values, with zero. */
export function bordersOf(values: readonly ReducedValue[]): { readonly min: number; readonly max: number } {
  const numbers = values.map(({ value }) => value).filter((value) => typeof value === 'number');
  return { min: Math.min(0, ...numbers), max: numbers.length === 0 ? 100 : Math.max(...numbers) };
}
