import type { TimeGrid } from '../../../charts/seriesModel';
import type { FieldConfig } from '../fields/fieldConfig';
import { emptyConfig } from '../fields/fieldConfig';

export type Labels = Readonly<Record<string, string>>;
export type CellValue = number | string | null;

/** A column. Numbers are a `Float64Array` in which `NaN` means that there is no value. */
export interface Field {
  readonly name: string;
  readonly kind: 'time' | 'number' | 'string';
  readonly values: Float64Array | readonly CellValue[];
  readonly labels: Labels;
  /** The legend that the server made of the labels. */
  readonly seriesName?: string;
  /** Rows whose value is there and not a number. */
  readonly notNumbers?: ReadonlySet<number>;
  readonly config: FieldConfig;
}

export interface Frame {
  readonly refId: string;
  readonly name?: string;
  readonly fields: readonly Field[];
  readonly length: number;
  /** Its times, when they are equally far apart. */
  readonly grid?: TimeGrid;
}

export function numberField(name: string, values: Float64Array | readonly number[], labels: Labels = {}, extra: Partial<Field> = {}): Field {
  return { name, kind: 'number', values: values instanceof Float64Array ? values : Float64Array.from(values), labels, config: emptyConfig, ...extra };
}

export function textField(name: string, values: readonly (string | null)[], labels: Labels = {}): Field {
  return { name, kind: 'string', values, labels, config: emptyConfig };
}

export function timeField(name: string, values: Float64Array): Field {
  return { name, kind: 'time', values, labels: {}, config: emptyConfig };
}

/** A value as it is compared and shown; `NaN` of a column of numbers is `null`. */
export function cellOf(field: Field, row: number): CellValue {
  const value = field.values[row];
  if (value === undefined || value === null) {
    return null;
  }
  return typeof value === 'number' && Number.isNaN(value) ? null : value;
}

/** A column of whatever the values are: numbers when all of them are. */
export function fieldOfCells(name: string, cells: readonly CellValue[], like?: Field): Field {
  const base = { name, labels: like?.labels ?? {}, config: like?.config ?? emptyConfig };
  if (like?.kind !== 'string' && cells.every((cell) => cell === null || typeof cell === 'number')) {
    return { ...base, kind: like?.kind ?? 'number', values: Float64Array.from(cells, (cell) => (typeof cell === 'number' ? cell : Number.NaN)) };
  }
  return { ...base, kind: 'string', values: cells };
}

/** The rows of a frame in another order, or fewer of them. */
export function pickRows(frame: Frame, rows: readonly number[]): Frame {
  const fields = frame.fields.map((field) => ({ ...fieldOfCells(field.name, rows.map((row) => cellOf(field, row)), field), ...(field.seriesName === undefined ? {} : { seriesName: field.seriesName }) }));
  return { refId: frame.refId, ...(frame.name === undefined ? {} : { name: frame.name }), fields, length: rows.length };
}
