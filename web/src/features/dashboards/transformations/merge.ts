import { displayNameOf } from '../fields/displayName';
import { cellOf, type CellValue, type Field, fieldOfCells, type Frame } from '../frames/frame';

interface Row {
  readonly cells: Map<string, CellValue>;
}

/**
 * One table of all: rows that agree in every field they share become one. Fields are told apart by name, and values of queries
 * (`Value #A`) stand side by side.
 */
export function merge(frames: readonly Frame[]): Frame[] {
  const tables = frames.filter((frame) => frame.fields.length > 0);
  const [first] = tables;
  if (first === undefined || tables.length < 2) {
    return tables;
  }
  const columns = new Map<string, Field>();
  const seenIn = new Map<string, number>();
  for (const frame of tables) {
    for (const field of frame.fields) {
      const name = displayNameOf(frame, field);
      columns.set(name, columns.get(name) ?? field);
      seenIn.set(name, (seenIn.get(name) ?? 0) + 1);
    }
  }
  const shared = [...seenIn].filter(([, count]) => count > 1).map(([name]) => name);
  const rows: Row[] = [];
  const byKey = new Map<string, Row[]>();
  for (const frame of tables) {
    const used = new Map<string, number>();
    for (let row = 0; row < frame.length; row++) {
      const cells = new Map(frame.fields.map((field) => [displayNameOf(frame, field), cellOf(field, row)]));
      const key = JSON.stringify(shared.map((name) => cells.get(name) ?? null));
      const candidates = byKey.get(key) ?? [];
      const at = candidates.findIndex((candidate, i) => i >= (used.get(key) ?? 0) && fits(candidate, cells));
      const open = candidates[at];
      if (open === undefined) {
        const added = { cells };
        rows.push(added);
        candidates.push(added);
        byKey.set(key, candidates);
        used.set(key, candidates.length);
      } else {
        cells.forEach((cell, name) => open.cells.set(name, cell));
        used.set(key, at + 1);
      }
    }
  }
  const fields = [...columns].map(([name, field]) => ({
    ...fieldOfCells(field.name, rows.map(({ cells }) => cells.get(name) ?? null), field), ...(field.seriesName === undefined ? {} : { seriesName: field.seriesName }),
  }));
  return [{ refId: 'merge', fields, length: rows.length }];
}

/** A row takes in what does not contradict it. */
function fits(row: Row, cells: ReadonlyMap<string, CellValue>): boolean {
  for (const [name, cell] of cells) {
    if (row.cells.has(name) && row.cells.get(name) !== cell) {
      return false;
    }
  }
  return true;
}
