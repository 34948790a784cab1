import { type Field, type Frame, type Labels, numberField, textField, timeField } from '../frames/frame';

/** A series for tests: a value a second from the start of the epoch. */
export function seriesFrame(seriesName: string, values: readonly number[], labels: Labels = {}, refId = 'A'): Frame {
  return {
    refId, name: seriesName, length: values.length,
    fields: [timeField('Time', Float64Array.from(values, (_, i) => i * 1000)), numberField('Value', values, labels, { seriesName })],
  };
}

/** A table for tests: lists of numbers or texts by the names of their columns. */
export function tableFrame(columns: Readonly<Record<string, readonly (number | string)[]>>, refId = 'A'): Frame {
  const fields = Object.entries(columns).map(([name, values]): Field => {
    const numbers = values.filter((value) => typeof value === 'number');
    return numbers.length === values.length ? numberField(name, numbers) : textField(name, values.map(String));
  });
  return { refId, fields, length: Object.values(columns)[0]?.length ?? 0 };
}

export function rowsOf(frame: Frame | undefined): unknown[][] {
  return Array.from({ length: frame?.length ?? 0 }, (_, row) => (frame?.fields ?? []).map((field) => {
    const value = field.values[row];
    return typeof value === 'number' && Number.isNaN(value) ? null : value;
  }));
}

export function namesOf(frame: Frame | undefined): string[] {
  return (frame?.fields ?? []).map((field) => field.name);
}
