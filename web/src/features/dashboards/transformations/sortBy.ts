import { flagOf, type Json, listOf, objectOf, textOf } from '../../../lib/readUnknown';
import { displayNameOf } from '../fields/displayName';
import { cellOf, type CellValue, type Frame, pickRows } from '../frames/frame';

/** Rows by one field; those without a value last. */
export function sortBy(frames: readonly Frame[], options: Json): Frame[] {
  const sort = objectOf(listOf(options['sort'])[0]);
  const name = textOf(sort['field']);
  const sign = flagOf(sort['desc']) ? -1 : 1;
  return frames.map((frame) => {
    const field = frame.fields.find((candidate) => displayNameOf(frame, candidate) === name || candidate.name === name);
    if (field === undefined) {
      return frame;
    }
    const keys = Array.from({ length: frame.length }, (_, row) => cellOf(field, row));
    const rows = keys.map((_, row) => row).sort((a, b) => compareCells(keys[a] ?? null, keys[b] ?? null, sign) || a - b);
    return pickRows(frame, rows);
  });
}

function compareCells(a: CellValue, b: CellValue, sign: number): number {
  if (a === null || b === null) {
    return Number(a === null) - Number(b === null);
  }
  return sign * (typeof a === 'number' && typeof b === 'number' ? a - b : String(a).localeCompare(String(b), 'en', { numeric: true }));
}
