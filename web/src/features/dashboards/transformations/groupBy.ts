import { type Json, objectOf, textOf, textsOf } from '../../../lib/readUnknown';
import { displayNameOf } from '../fields/displayName';
import { reduceCells } from '../fields/reducers';
import { cellOf, type Field, fieldOfCells, type Frame } from '../frames/frame';

interface Choice {
  readonly operation: string;
  readonly aggregations: readonly string[];
}

/** Rows of equal values become one; of the other fields what the dashboard wants calculated. */
export function groupBy(frames: readonly Frame[], options: Json): Frame[] {
  const choices = new Map(Object.entries(objectOf(options['fields'])).map(([name, item]): [string, Choice] => {
    const choice = objectOf(item);
    return [name, { operation: textOf(choice['operation']) ?? '', aggregations: textsOf(choice['aggregations']) }];
  }));
  return frames.map((frame) => groupFrame(frame, choices));
}

function groupFrame(frame: Frame, choices: ReadonlyMap<string, Choice>): Frame {
  const chosen = frame.fields.flatMap((field) => {
    const name = displayNameOf(frame, field);
    const choice = choices.get(name) ?? choices.get(field.name);
    return choice === undefined ? [] : [{ field, name, choice }];
  });
  const keys = chosen.filter(({ choice }) => choice.operation === 'groupby');
  if (keys.length === 0) {
    return frame;
  }
  const groups = new Map<string, number[]>();
  for (let row = 0; row < frame.length; row++) {
    const key = JSON.stringify(keys.map(({ field }) => cellOf(field, row)));
    const group = groups.get(key);
    if (group === undefined) {
      groups.set(key, [row]);
    } else {
      group.push(row);
    }
  }
  const rows = [...groups.values()];
  const keyFields = keys.map(({ field }): Field => fieldOfCells(field.name, rows.map((group) => cellOf(field, group[0] ?? 0)), field));
  const calculated = chosen.filter(({ choice }) => choice.operation === 'aggregate').flatMap(({ field, name, choice }) => choice.aggregations.map((id) => {
    const cells = rows.map((group) => reduceCells(group.map((row) => cellOf(field, row)), id));
    return { ...fieldOfCells(`${name} (${id})`, cells), config: field.config };
  }));
  return { refId: frame.refId, fields: [...keyFields, ...calculated], length: rows.length };
}
