import type { TableCell, TableColumn, TableSort } from '../../../../charts/tableModel';
import { onSurface } from '../../../../charts/colors';
import { flagOf, listOf, numberOf, objectOf, oneOf, optional, textOf } from '../../../../lib/readUnknown';
import { displayNameOf } from '../../fields/displayName';
import { displayValue, shareOf } from '../../fields/display';
import { linkAddress, type LinkContext } from '../../fields/links';
import { cellOf, type Field, type Frame } from '../../frames/frame';

type CellKind = 'auto' | 'color-text' | 'color-background' | 'gauge' | 'sparkline';

/** The columns of a frame as a table shows them. Hidden fields are left out. */
export function tableColumns(frame: Frame, zone: string, links: LinkContext): TableColumn[] {
  return frame.fields.filter((field) => !flagOf(field.config.custom['hidden'])).map((field, i) => {
    const { custom } = field.config;
    const aligned = oneOf(custom['align'], ['left', 'right', 'center']);
    const borders = bordersOf(field);
    const kind = cellKind(field);
    const title = displayNameOf(frame, field);
    return {
      key: `${i} ${field.name}`, title, align: aligned ?? (field.kind === 'number' ? 'right' : 'left'),
      ...optional('width', numberOf(custom['width'])), ...optional('minWidth', numberOf(custom['minWidth'])),
      cell: (row) => cellAt(frame, field, row, kind, borders, zone, links),
    };
  });
}

/** Older files write `displayMode`, newer ones `cellOptions`. */
function cellKind(field: Field): CellKind {
  const options = objectOf(field.config.custom['cellOptions']);
  const kind = textOf(options['type']) ?? textOf(field.config.custom['displayMode']) ?? 'auto';
  if (kind.startsWith('color-background')) {
    return 'color-background';
  }
  return kind.endsWith('gauge') ? 'gauge' : oneOf(kind, ['auto', 'color-text', 'sparkline']) ?? 'auto';
}

function cellAt(frame: Frame, field: Field, row: number, kind: CellKind, borders: { min: number; max: number }, zone: string, links: LinkContext): TableCell {
  const value = cellOf(field, row);
  const shown = displayValue(field.config, value, { zone, full: true, ...borders }, field.notNumbers?.has(row) === true);
  const link = field.config.links?.[0];
  const href = link === undefined ? undefined : linkAddress(link, frame, field, row, links);
  const cell: TableCell = { text: shown.text, sort: value ?? Number.NaN, ...optional('href', href) };
  const color = shown.color;
  if (color === undefined || kind === 'auto' || kind === 'sparkline') {
    return cell;
  }
  if (kind === 'gauge') {
    return typeof value === 'number' ? { ...cell, bar: { share: shareOf(field.config, value, borders), color } } : cell;
  }
  return kind === 'color-text' ? { ...cell, color: shown.textColor ?? color } : { ...cell, background: onSurface(color, 0.24) };
}

function bordersOf(field: Field): { min: number; max: number } {
  let min = 0;
  let max = -Infinity;
  for (const value of field.values) {
    if (typeof value === 'number' && Number.isFinite(value)) {
      min = Math.min(min, value);
      max = Math.max(max, value);
    }
  }
  return { min, max: Number.isFinite(max) ? max : 100 };
}

/** The first column of `sortBy` that is there. */
export function initialSort(options: unknown, columns: readonly TableColumn[]): TableSort | undefined {
  for (const item of listOf(objectOf(options)['sortBy'])) {
    const { displayName, desc } = objectOf(item);
    const column = columns.find((candidate) => candidate.title === displayName);
    if (column !== undefined) {
      return { key: column.key, descending: flagOf(desc) };
    }
  }
  return undefined;
}
