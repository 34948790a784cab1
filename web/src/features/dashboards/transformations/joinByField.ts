import { type Json, textOf } from '../../../lib/readUnknown';
import { displayNameOf } from '../fields/displayName';
import { cellOf, type CellValue, type Field, fieldOfCells, type Frame } from '../frames/frame';

/** Frames side by side, their rows matched by one field (its time, when none is named). `inner` keeps the rows that all of them have. */
export function joinByField(frames: readonly Frame[], options: Json): Frame[] {
  const by = textOf(options['byField']);
  const isInner = textOf(options['mode']) === 'inner';
  const joined = frames.flatMap((frame) => {
    const field = frame.fields.find((candidate) => (by === undefined || by === '' ? candidate.kind === 'time' : displayNameOf(frame, candidate) === by || candidate.name === by));
    return field === undefined ? [] : [{ frame, key: field, rows: rowsByKey(field, frame.length) }];
  });
  const [first] = joined;
  if (first === undefined || joined.length < 2) {
    return [...frames];
  }
  const all = new Set(joined.flatMap(({ rows }) => [...rows.keys()]));
  const keys = [...all].filter((key) => !isInner || joined.every(({ rows }) => rows.has(key)));
  if (first.key.kind !== 'string') {
    keys.sort((a, b) => Number(a) - Number(b));
  }
  const fields: Field[] = [fieldOfCells(first.key.name, keys, first.key)];
  const taken = new Set([first.key.name]);
  for (const { frame, key, rows } of joined) {
    for (const field of frame.fields.filter((candidate) => candidate !== key)) {
      const cells = keys.map((value) => cellAt(field, rows.get(value)));
      fields.push({ ...fieldOfCells(unique(field, taken), cells, field), ...(field.seriesName === undefined ? {} : { seriesName: field.seriesName }) });
    }
  }
  return [{ refId: 'join', fields, length: keys.length }];
}

function rowsByKey(field: Field, length: number): Map<CellValue, number> {
  const rows = new Map<CellValue, number>();
  for (let row = 0; row < length; row++) {
    const key = cellOf(field, row);
    if (key !== null && !rows.has(key)) {
      rows.set(key, row);
    }
  }
  return rows;
}

function cellAt(field: Field, row: number | undefined): CellValue {
  return row === undefined ? null : cellOf(field, row);
}

/** Values keep their legend as a name; other fields of equal name are numbered, as `instance 2`. */
function unique(field: Field, taken: Set<string>): string {
  if (field.seriesName !== undefined && field.seriesName !== '') {
    return field.name;
  }
  let name = field.name;
  for (let i = 2; taken.has(name); i++) {
    name = `${field.name} ${i}`;
  }
  taken.add(name);
  return name;
}
