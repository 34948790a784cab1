import { flagOf, type Json, textOf, textsOf } from '../../../lib/readUnknown';
import { displayNameOf } from '../fields/displayName';
import { reduceField, reducerTitle } from '../fields/reducers';
import { type CellValue, type Field, fieldOfCells, type Frame, textField } from '../frames/frame';

/** Columns to single values: a row a series with a column a reducer, or one row with the fields that were there. */
export function reduce(frames: readonly Frame[], options: Json): Frame[] {
  const reducers = textsOf(options['reducers']);
  const chosen = reducers.length === 0 ? ['max'] : reducers;
  return textOf(options['mode']) === 'reduceFields' ? reduceFields(frames, chosen) : [seriesToRows(frames, chosen, options)];
}

function reduceFields(frames: readonly Frame[], reducers: readonly string[]): Frame[] {
  return frames.map((frame) => ({
    refId: frame.refId, length: 1,
    fields: frame.fields.filter((field) => field.kind === 'number').flatMap((field) => reducers.map((id): Field => {
      const { seriesName, ...rest } = field;
      const name = reducers.length === 1 ? field.name : `${displayNameOf(frame, field)} ${reducerTitle(id)}`;
      return { ...fieldOfCells(name, [reduceField(field, id)], rest), ...(reducers.length === 1 && seriesName !== undefined ? { seriesName } : {}) };
    })),
  }));
}

function seriesToRows(frames: readonly Frame[], reducers: readonly string[], options: Json): Frame {
  const entries = frames.flatMap((frame) => frame.fields
    .filter((field) => field.kind === 'number' || flagOf(options['includeTimeField']) && field.kind === 'time')
    .map((field) => ({ frame, field })));
  const withLabels = flagOf(options['labelsToFields']);
  const labels = withLabels ? [...new Set(entries.flatMap(({ field }) => Object.keys(field.labels)))] : [];
  const names = withLabels && labels.length > 0 ? [] : [textField('Field', entries.map(({ frame, field }) => displayNameOf(frame, field)))];
  const first = entries[0]?.field;
  return {
    refId: 'reduce', length: entries.length,
    fields: [
      ...names,
      ...labels.map((label) => textField(label, entries.map(({ field }) => field.labels[label] ?? null))),
      ...reducers.map((id) => {
        const cells = entries.map(({ field }): CellValue => reduceField(field, id));
        return { ...fieldOfCells(reducerTitle(id), cells), ...(first === undefined ? {} : { config: first.config }) };
      }),
    ],
  };
}
